import { callErrors } from './call-errors.js';
import type { StreamEnd } from './server-stream.js';
import { ServerStream } from './server-stream.js';

export interface ServerStreamsParts {
  readonly maximumParallelStreams: number;
  /** A stream's next item waits while this much waits for the client, bytes. */
  readonly streamBufferSize: number;
  /** Bytes that wait for the client. */
  readonly waitingBytes: () => number;
  /** Sends an item. @throws when it can't be encoded */
  readonly write: (invocationId: string, item: unknown) => void;
}

/** The streams that run towards one client, by their invocation ids. */
export class ServerStreams {
  readonly #parts: ServerStreamsParts;
  /** Bounded by maximumParallelStreams; a stream leaves at its end. */
  readonly #open = new Map<string, ServerStream>();
  /** Ended streams whose producers are not done yet; counted among the parallel ones. */
  #cleaningUp = 0;

  constructor(parts: ServerStreamsParts) {
    this.#parts = parts;
  }

  /** @returns the error text for an id in use, or too many streams */
  open(invocationId: string): ServerStream | string {
    if (this.#open.has(invocationId)) return callErrors.invocationIdInUse(invocationId);
    const { maximumParallelStreams, waitingBytes, streamBufferSize, write } = this.#parts;
    if (this.#open.size + this.#cleaningUp >= maximumParallelStreams) {
      return callErrors.tooManyStreams(maximumParallelStreams);
    }
    const stream = new ServerStream({
      write: (item) => write(invocationId, item),
      congested: () => waitingBytes() >= streamBufferSize,
    });
    this.#open.set(invocationId, stream);
    return stream;
  }

  /** A stream that is not to run after all. */
  discard(invocationId: string): void {
    this.#open.delete(invocationId);
  }

  /**
   * Sends a stream to its end, and lets its producer clean up.
   * @param ended called at the end, ahead of the cleaning up
   * @throws (rejects) what the cleaning up throws
   */
  async run(
    invocationId: string,
    items: AsyncIterable<unknown>,
    ended: (end: StreamEnd) => void,
  ): Promise<void> {
    const stream = this.#open.get(invocationId);
    if (stream === undefined) return;
    const end = await stream.run(items);
    this.#open.delete(invocationId);
    ended(end);
    this.#cleaningUp += 1;
    try {
      await stream.cleanUp();
    } finally {
      this.#cleaningUp -= 1;
    }
  }

  /** Unknown ids are ignored: the stream may have ended meanwhile. */
  cancel(invocationId: string): void {
    this.#open.get(invocationId)?.cancel();
  }

  cancelAll(): void {
    for (const stream of this.#open.values()) stream.cancel();
  }

  /** The client has taken what waited for it. */
  drained(): void {
    if (this.#open.size === 0) return;
    for (const stream of this.#open.values()) stream.drained();
  }
}
