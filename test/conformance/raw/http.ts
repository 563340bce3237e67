import { Buffer } from 'node:buffer';
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly bytes: Buffer;
}

/** The token that stands for alice on the test hub. */
export const ALICE = { authorization: 'Bearer token-a' };
export const BOB = { authorization: 'Bearer token-b' };

const sockets = new Agent({ keepAlive: true, maxSockets: 16 });

/** A request under way, and its answer before the body was read. */
export interface Asking {
  readonly request: ClientRequest;
  readonly response: Promise<IncomingMessage>;
}

/** Sends one request as it stands. Nothing is added but Content-Length for a body. */
export function ask(
  method: string,
  url: string,
  headers: OutgoingHttpHeaders = ALICE,
  body?: string | Uint8Array,
  agent: Agent | false = false,
): Asking {
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const asking = request(url, { method, headers: { ...headers, ...length }, agent });
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject);
  });
  asking.end(body);
  return { request: asking, response };
}

/** One request and its whole answer, on a TCP connection of its own. */
export async function http(
  method: string,
  url: string,
  headers: OutgoingHttpHeaders = ALICE,
  body?: string | Uint8Array,
): Promise<RawAnswer> {
  return whole(await ask(method, url, headers, body).response);
}

/** The same over few TCP connections that are kept. */
export async function pooledHttp(method: string, url: string): Promise<RawAnswer> {
  return whole(await ask(method, url, ALICE, '', sockets).response);
}

export async function whole(answer: IncomingMessage): Promise<RawAnswer> {
  const bytes = await buffer(answer);
  const { statusCode = 0, headers } = answer;
  return { status: statusCode, headers, body: bytes.toString(), bytes };
}

const negotiateReply = z.looseObject({
  negotiateVersion: z.number().optional(),
  connectionId: z.string().optional(),
  connectionToken: z.string().optional(),
  availableTransports: z
    .array(z.object({ transport: z.string(), transferFormats: z.array(z.string()) }))
    .optional(),
  useStatefulReconnect: z.boolean().optional(),
  url: z.string().optional(),
  accessToken: z.string().optional(),
  error: z.string().optional(),
});
export type NegotiateReply = z.infer<typeof negotiateReply>;

/** Negotiates; anything but 200 is a failure. */
export async function negotiate(
  hub: string,
  query = 'negotiateVersion=1',
  headers: OutgoingHttpHeaders = ALICE,
): Promise<NegotiateReply> {
  const answer = await http('POST', `${hub}/negotiate?${query}`, headers);
  if (answer.status !== 200) throw new Error(`negotiate was answered ${answer.status}`);
  return negotiateReply.parse(JSON.parse(answer.body));
}

/** The same over few TCP connections that are kept. */
export async function pooledNegotiate(hub: string): Promise<NegotiateReply> {
  const { body } = await pooledHttp('POST', `${hub}/negotiate?negotiateVersion=1`);
  return negotiateReply.parse(JSON.parse(body));
}

/** Negotiates and gives the address of the connection's transports, and its public id. */
export async function negotiated(
  hub: string,
  headers: OutgoingHttpHeaders = ALICE,
): Promise<{ readonly url: string; readonly id: string }> {
  const { connectionToken, connectionId = '' } = await negotiate(hub, undefined, headers);
  return { url: `${hub}?id=${connectionToken}`, id: connectionId };
}
