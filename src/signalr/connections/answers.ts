import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Buffer } from 'node:buffer';
import type { Refusal } from './refusals.js';

/** A short HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export function refusalAnswer(refusal: Refusal): Answer {
  return {
    status: refusal.status,
    ...(refusal.text === '' ? {} : { contentType: 'text/plain' }),
    body: refusal.text,
    headers: refusal.headers ?? {},
  };
}

export function jsonAnswer(value: object): Answer {
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(value),
    headers: { 'Cache-Control': 'no-store' },
  };
}

/** @param extra headers of every answer to this request, e.g. for CORS */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  extra: Readonly<Record<string, string>>,
): void {
  response.writeHead(answer.status, allHeaders(answer, extra)).end(answer.body);
}

/** Answers an upgrade request with anything but 101 and ends the socket. */
export function sendAnswerOnSocket(
  socket: Duplex,
  answer: Answer,
  extra: Readonly<Record<string, string>>,
): void {
  const headers = { ...allHeaders(answer, extra), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  socket.once('finish', () => socket.destroy());
  socket.write(`${[status, ...lines].join('\r\n')}\r\n\r\n`);
  socket.end(answer.body);
}

function allHeaders(answer: Answer, extra: Readonly<Record<string, string>>) {
  // 204 has no body, so it must not have a length either (RFC 9110 8.6).
  const length =
    answer.status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(answer.body)) };
  const type = answer.contentType === undefined ? {} : { 'Content-Type': answer.contentType };
  return { ...extra, ...answer.headers, ...type, ...length };
}
