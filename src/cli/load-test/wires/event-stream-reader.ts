const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DATA = Buffer.from('data:');
const SPACE = 0x20;

/** A hub joins up to 64 KiB in an event; a stream without line ends is none. */
const MAX_LINE_BYTES = 16_777_216;

/** Takes the data out of an event stream (WHATWG HTML 9.2.6); other fields and comments are passed over. */
export class EventStreamReader {
  readonly #onData: (data: Buffer) => void;
  /** Of a line that is not whole. */
  #rest: Buffer = Buffer.alloc(0);
  #data: Buffer[] = [];

  constructor(onData: (data: Buffer) => void) {
    this.#onData = onData;
  }

  /** @throws when a line has no end */
  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#takeLine(bytes.subarray(start, bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    if (this.#rest.length > MAX_LINE_BYTES)
      throw new Error('a line of the event stream has no end');
  }

  #takeLine(line: Buffer): void {
    if (line.length === 0) this.#dispatch();
    else if (line.subarray(0, DATA.length).equals(DATA)) {
      this.#data.push(line.subarray(line[DATA.length] === SPACE ? DATA.length + 1 : DATA.length));
    }
  }

  #dispatch(): void {
    if (this.#data.length === 0) return;
    const lines = this.#data.flatMap((line, at) => (at === 0 ? [line] : [NEW_LINE, line]));
    this.#data = [];
    this.#onData(Buffer.concat(lines));
  }
}

const NEW_LINE = Buffer.from('\n');
