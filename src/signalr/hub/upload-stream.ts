import type { Schema } from './hub-definition.js';

export interface UploadStreamParts {
  readonly items: Schema<unknown>;
  /** Items kept for the hub method; with one more the stream is full. */
  readonly bufferSize: number;
  /** An item was taken, or nobody will take any more. */
  readonly onSpace: () => void;
}

/** A stream of items from a client, read by a hub method at its own pace. */
export class UploadStream implements AsyncIterable<unknown> {
  readonly #parts: UploadStreamParts;
  /** Bounded by the buffer size and one: above it the connection isn't read any more. */
  readonly #items: unknown[] = [];
  #end: { readonly error?: Error } | undefined;
  #wake: (() => void) | undefined;

  constructor(parts: UploadStreamParts) {
    this.#parts = parts;
  }

  /** Whether reading has to stop until an item is taken. */
  get full(): boolean {
    return this.#items.length > this.#parts.bufferSize;
  }

  /** Adds an item. @throws what the schema throws for it */
  push(item: unknown): void {
    if (this.#end !== undefined) return;
    this.#items.push(this.#parts.items.parse(item));
    this.#wakeUp();
  }

  /** Nothing follows what has come; then the reader gets the error, or its end. */
  end(error?: Error): void {
    this.#end ??= error === undefined ? {} : { error };
    this.#wakeUp();
  }

  /** Ends at once: what has come is of no use any more. */
  abandon(error?: Error): void {
    this.#items.length = 0;
    this.end(error);
    this.#parts.onSpace();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    try {
      for (;;) {
        while (this.#items.length > 0) {
          const item = this.#items.shift();
          this.#parts.onSpace();
          yield item;
        }
        if (this.#end?.error !== undefined) throw this.#end.error;
        if (this.#end !== undefined) return;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.abandon();
    }
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
