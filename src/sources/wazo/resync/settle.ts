/** A service that has not answered by then is told of as failed, so that the others need not wait. */
export const ANSWER_WITHIN_MS = 30_000;

/** What came of asking a service; neither is there when it was not asked. */
export interface Settled<T> {
  readonly value?: T;
  readonly error?: unknown;
}

/** A service took too long; its answer, if it still comes, is dropped. */
export class LateAnswer extends Error {
  override readonly name = 'LateAnswer';

  constructor() {
    super(`no answer within ${String(ANSWER_WITHIN_MS / 1000)} s; the hub asks again by itself`);
  }
}

/** Asks, if `wanted`. Never rejects, and ends in time. */
export async function settle<T>(wanted: boolean, ask: () => Promise<T>): Promise<Settled<T>> {
  if (!wanted) return {};
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LateAnswer()), ANSWER_WITHIN_MS);
  });
  try {
    return { value: await Promise.race([ask(), late]) };
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}
