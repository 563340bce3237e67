import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';

/** An answer that was read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** A negotiate answer, a token or a poll have less than this; a hub joins 64 KiB in a write. */
const MAX_BODY_BYTES = 16_777_216;

/** The requests of all connections. Sockets are kept and used again, as browsers do. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #tlsAgent = new TlsAgent({ keepAlive: true });

  /** Sends a request. @returns it, to be given a body or ended */
  open(
    method: string,
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): ClientRequest {
    const options = { method, headers, ...(signal === undefined ? {} : { signal }) };
    return url.protocol === 'https:'
      ? httpsRequest(url, { ...options, agent: this.#tlsAgent })
      : httpRequest(url, { ...options, agent: this.#agent });
  }

  /** Sends a request and reads the answer. @throws when there is none, or it is too large */
  async send(
    method: string,
    url: URL,
    headers: Readonly<Record<string, string>>,
    body?: Uint8Array,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const request = this.open(method, url, headers, signal);
    request.end(body);
    const response = await responseTo(request);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Error('an answer is larger than any of a hub');
      chunks.push(chunk);
    }
    return { status: response.statusCode ?? 0, body: Buffer.concat(chunks) };
  }

  /** Closes the sockets that nobody uses. */
  close(): void {
    this.#agent.destroy();
    this.#tlsAgent.destroy();
  }
}

/** The head of the answer. @throws when there is none */
export function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
}
