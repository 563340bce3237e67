import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** One HTTP request, whole. */
export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first byte sent to the last byte received, milliseconds. */
  readonly timeoutMs: number;
  /** Most bytes of an answer's body. */
  readonly maxBytes: number;
  /** Ends the request early. */
  readonly signal?: AbortSignal;
}

/** One HTTP answer, whole. */
export interface HttpAnswer {
  readonly status: number;
  /** The body as UTF-8 text. */
  readonly body: string;
  /** Seconds the server asks to wait, from Retry-After; undefined when it says none. */
  readonly retryAfterSeconds: number | undefined;
}

/** A request that got no usable answer; `message` says why, without the URL. */
export class HttpExchangeFault extends Error {
  override readonly name = 'HttpExchangeFault';
}

export interface HttpExchangeOptions {
  /** Takes any certificate, for systems with a self-signed one. */
  readonly tlsInsecure: boolean;
}

/** Connections kept to one host: requests of a snapshot run side by side. */
const MAX_SOCKETS = 8;

/**
 * Node's HTTP client for one system, with bounds. Node's `fetch` cannot be told to accept a
 * certificate of one system only, which PBXs with self-signed ones need.
 */
export class HttpExchange {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  readonly #https: HttpsAgent;

  constructor({ tlsInsecure }: HttpExchangeOptions) {
    this.#https = new HttpsAgent({
      keepAlive: true,
      maxSockets: MAX_SOCKETS,
      rejectUnauthorized: !tlsInsecure,
    });
  }

  /**
   * Sends a request and reads the whole answer, whatever its status. Redirects are not followed:
   * they would carry the credentials elsewhere.
   * @throws HttpExchangeFault when the system is not reached, is too slow or says too much
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const timer = AbortSignal.timeout(request.timeoutMs);
    const signals = request.signal === undefined ? [timer] : [timer, request.signal];
    try {
      const response = await this.#open(request, AbortSignal.any(signals));
      const body = await readBody(response, request.maxBytes);
      return { status: response.statusCode ?? 0, body, retryAfterSeconds: retryAfter(response) };
    } catch (error) {
      if (error instanceof HttpExchangeFault) throw error;
      const cause = timer.aborted ? `no answer within ${request.timeoutMs} ms` : causeOf(error);
      throw new HttpExchangeFault(cause, { cause: error });
    }
  }

  /** Lets go of the connections that are kept. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #open(request: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { method, url, body } = request;
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const options = { method, headers: { ...request.headers, ...length }, signal };
    return new Promise((resolve, reject) => {
      const sent =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: this.#https }, resolve)
          : httpRequest(url, { ...options, agent: this.#http }, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const body: AsyncIterable<Buffer> = response;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the response.
    if (size > maxBytes) throw new HttpExchangeFault(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function retryAfter(response: IncomingMessage): number | undefined {
  const text = response.headers['retry-after'];
  return text !== undefined && /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}

/** Node gathers the failures of several addresses in an error that has no message of its own. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causeOf).join(', ');
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.name : error.message;
}
