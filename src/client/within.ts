import type { Environment } from './environment.js';

interface Limits {
  /** Calls it off. */
  readonly signal: AbortSignal;
  readonly after: Environment['after'];
}

/**
 * Does something within a time, or not at all. (AbortSignal.any and .timeout would do it, in
 * browsers newer than those of many a television on the wall.)
 * @param act gets a signal that aborts when it is too late, or called off
 * @throws Error when it took too long, the signal's reason when it was called off, or what `act` throws
 */
export async function within<Result>(
  ms: number,
  { signal, after }: Limits,
  act: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const own = new AbortController();
  const onAbort = (): void => own.abort(signal.reason);
  const ended = new Promise<never>((_, reject) => {
    own.signal.addEventListener('abort', () => reject(own.signal.reason));
  });
  signal.addEventListener('abort', onAbort);
  const tooLate = () => own.abort(new Error(`No answer within ${String(ms / 1000)} s.`));
  const stop = after(ms, tooLate);
  try {
    return await Promise.race([act(own.signal), ended]);
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
}
