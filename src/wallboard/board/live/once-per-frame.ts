/** Asks the browser for the next frame; gives what takes that back. */
export type AskFrame = (run: () => void) => () => void;

/** Runs a task in the next frame, however often it was asked for. */
export class OncePerFrame {
  readonly #task: () => void;
  readonly #askFrame: AskFrame;
  #cancel: (() => void) | undefined;

  constructor(task: () => void, askFrame: AskFrame) {
    this.#task = task;
    this.#askFrame = askFrame;
  }

  request(): void {
    this.#cancel ??= this.#askFrame(() => {
      this.#cancel = undefined;
      this.#task();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
