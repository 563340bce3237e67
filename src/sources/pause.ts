/** A wait that somebody else may end early. One at a time. */
export class Pause {
  #end: (() => void) | undefined;

  /**
   * Resolves after that many milliseconds, when `signal` aborts, or by `end`.
   * @param kind `whole` can't be ended by `end`
   */
  for(milliseconds: number, signal: AbortSignal, kind: 'whole' | 'open' = 'open'): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.#end = undefined;
        resolve();
      };
      const timer = setTimeout(finish, milliseconds);
      signal.addEventListener('abort', finish, { once: true });
      if (kind === 'open') this.#end = finish;
    });
  }

  /** Ends the wait that runs, if it may be ended. */
  end(): void {
    this.#end?.();
  }
}
