import type { IncomingMessage } from 'node:http';
import { ALICE, ask, http, negotiated } from './http.js';
import { HANDSHAKE, RecordInbox } from './records.js';

/** A Server-Sent Events connection that keeps the bytes of its stream. */
export class RawEventStream {
  readonly records = new RecordInbox();
  readonly response: IncomingMessage;
  /** Settles when the stream has ended, in whatever way. */
  readonly ended: Promise<void>;
  readonly #url: string;
  readonly #cut: () => void;
  #raw = '';

  constructor(url: string, response: IncomingMessage, cut: () => void) {
    this.#url = url;
    this.#cut = cut;
    this.response = response;
    response.setEncoding('utf8').on('data', (text: string) => this.#received(text));
    response.on('error', () => {
      // The close event follows.
    });
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        this.records.end('The event stream has ended.');
        resolve();
      });
    });
  }

  /** Everything that came, as it came. */
  get raw(): string {
    return this.#raw;
  }

  /** POSTs and gives the status. */
  async send(data: string): Promise<number> {
    return (await http('POST', this.#url, ALICE, data)).status;
  }

  next(): Promise<string> {
    return this.records.next();
  }

  cut(): void {
    this.#cut();
  }

  #received(text: string): void {
    this.#raw += text;
    const events = this.#raw.split('\r\n\r\n');
    const fresh = events.slice(this.#seen, -1);
    this.#seen += fresh.length;
    for (const event of fresh) this.records.text(dataOf(event));
  }

  #seen = 0;
}

function dataOf(event: string): string {
  const lines = event.split('\r\n').filter((line) => line.startsWith('data: '));
  return lines.map((line) => line.slice('data: '.length)).join('\n');
}

/** GETs the stream of a negotiated connection. */
export async function openEventStream(
  url: string,
  headers: Record<string, string> = { ...ALICE, accept: 'text/event-stream' },
): Promise<RawEventStream> {
  const { request, response } = ask('GET', url, headers);
  const answer = await response;
  if (answer.statusCode !== 200) throw new Error(`The stream was refused: ${answer.statusCode}.`);
  return new RawEventStream(url, answer, () => request.destroy());
}

/** Negotiates, opens and shakes hands. */
export async function connectEventStream(
  hub: string,
): Promise<{ readonly stream: RawEventStream; readonly url: string; readonly id: string }> {
  const { url, id } = await negotiated(hub);
  const stream = await openEventStream(url);
  await stream.send(HANDSHAKE);
  const answer = await stream.next();
  if (answer !== '{}') throw new Error(`The handshake was answered with ${answer}.`);
  return { stream, url, id };
}
