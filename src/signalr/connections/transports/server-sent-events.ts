import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import type { TransferFormat } from '../../protocol/hub-protocol.js';
import { SendQueue } from './send-queue.js';
import type { StartingTransport, TransportListener } from './transport.js';

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache,no-store',
  Pragma: 'no-cache',
  // Middleware that compresses would hold events back; so would nginx without the next one.
  'Content-Encoding': 'identity',
  'X-Accel-Buffering': 'no',
};

/** A comment: tells client and proxies at once that the stream stands. */
const FIRST_BYTES = ':\r\n';

/** Sends by an event stream (WHATWG HTML 9.2); what the client sends comes by POSTs. */
export class ServerSentEventsTransport implements StartingTransport {
  readonly name = 'ServerSentEvents';
  readonly formats: readonly TransferFormat[] = ['text'];
  readonly inherentKeepAlive = false;
  readonly sends: SendQueue;
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  #listener: TransportListener | undefined;

  /** @param headers of every answer to this request, e.g. for CORS */
  constructor(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    maximumWaitingPosts: number,
  ) {
    this.#response = response;
    this.#headers = headers;
    this.sends = new SendQueue(maximumWaitingPosts);
  }

  get writable(): boolean {
    return !this.#response.writableNeedDrain;
  }

  get congested(): boolean {
    return !this.writable;
  }

  get heldBytes(): number {
    return this.#response.writableLength;
  }

  attach(listener: TransportListener): void {
    this.#listener = listener;
    const response = this.#response;
    response.on('drain', () => listener.drained());
    // A client leaves by letting go of the request, so that an abort is an orderly end.
    response.on('close', () => {
      this.sends.resume();
      listener.closed(undefined);
    });
    response.writeHead(200, { ...this.#headers, ...HEADERS });
    response.write(FIRST_BYTES);
  }

  /** The body of a POST, whose turn it is. */
  receive(body: Uint8Array): void {
    this.#listener?.received(body);
  }

  write(payload: Uint8Array): void {
    this.#response.write(formatEvent(payload));
  }

  pause(): void {
    this.sends.pause();
  }

  resume(): void {
    this.sends.resume();
  }

  close(): void {
    this.#response.end();
  }

  terminate(): void {
    this.#response.destroy();
  }
}

/**
 * One event: a data line per line of the payload, and nothing else, because .NET's older parser
 * fails on any other field.
 */
export function formatEvent(payload: Uint8Array): string {
  const lines = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength)
    .toString('utf8')
    .split(/\r?\n/);
  return `${lines.map((line) => `data: ${line}\r\n`).join('')}\r\n`;
}
