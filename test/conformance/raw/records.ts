/** Ends every hub message of the JSON protocol. */
export const RS = '\u001e';
export const HANDSHAKE = `{"protocol":"json","version":1}${RS}`;

const PATIENCE_MS = 15_000;

/** A hub message as the wire has it, separator included. */
export function record(message: object): string {
  return JSON.stringify(message) + RS;
}

/** An invocation as text. Without an id nothing may be answered. */
export function call(target: string, args: readonly unknown[], invocationId?: string): string {
  return record({ type: 1, invocationId, target, arguments: args });
}

/** Keeps what arrives until a test asks for it, in order. */
export class Inbox<T> {
  readonly #kept: T[] = [];
  readonly #waiting: { resolve(item: T): void; reject(error: Error): void }[] = [];
  #ended: Error | undefined;

  put(item: T): void {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#kept.push(item);
    else waiting.resolve(item);
  }

  /** Nothing more will come; what was kept can still be taken. */
  end(why: string): void {
    this.#ended ??= new Error(why);
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#ended);
  }

  /** @throws {Error} when the connection ends, or nothing comes for 15 s (or `patienceMs`) */
  next(patienceMs = PATIENCE_MS): Promise<T> {
    const kept = this.#kept.shift();
    if (kept !== undefined) return Promise.resolve(kept);
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const impatient = setTimeout(() => {
        reject(new Error(`Nothing came for ${patienceMs} ms.`));
      }, patienceMs);
      const settled = <A>(then: (value: A) => void): ((value: A) => void) => {
        return (value) => {
          clearTimeout(impatient);
          then(value);
        };
      };
      this.#waiting.push({ resolve: settled(resolve), reject: settled(reject) });
    });
  }
}

/** Splits text into records across the pieces it arrives in. */
export class RecordInbox extends Inbox<string> {
  #rest = '';

  text(piece: string): void {
    const parts = (this.#rest + piece).split(RS);
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.put(part);
  }
}
