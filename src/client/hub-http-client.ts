import {
  AbortError,
  HttpClient,
  HttpError,
  type HttpRequest,
  HttpResponse,
  TimeoutError,
} from '@microsoft/signalr';
import { readRetryAfter } from './back-off.js';
import type { Fetch } from './fetch.js';
import { failureOfStatus, type Failure } from './failures.js';

interface HubHttpClientParts {
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** The token for a request; a new one when the held one ends. */
  readonly token: () => Promise<string>;
}

/**
 * The requests of Microsoft's client. Its own HTTP client keeps the Retry-After of an answer to
 * itself, and a Long Polling connection's first token until the hub answers 401.
 */
export class HubHttpClient extends HttpClient {
  readonly #parts: HubHttpClientParts;
  /** In Node, the cookies by which a balancer knows its own; one host, few names. */
  readonly #cookies = new Map<string, string>();
  #failure: Failure | undefined;

  constructor(parts: HubHttpClientParts) {
    super();
    this.#parts = parts;
  }

  /** What the last request failed of, if the hub answered it. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** @throws HttpError, AbortError or TimeoutError, as Microsoft's transports expect */
  override async send(request: HttpRequest): Promise<HttpResponse> {
    this.#failure = undefined;
    const controller = new AbortController();
    const { abortSignal, timeout = 0 } = request;
    if (abortSignal?.aborted) throw new AbortError();
    if (abortSignal) onAbort(abortSignal, () => controller.abort(new AbortError()));
    const late = () => controller.abort(new TimeoutError());
    const timer = timeout > 0 ? setTimeout(late, timeout) : undefined;
    try {
      return await this.#exchange(request, controller.signal);
    } catch (error) {
      throw controller.signal.aborted ? controller.signal.reason : error;
    } finally {
      clearTimeout(timer);
      if (abortSignal) onAbort(abortSignal, null);
    }
  }

  override getCookieString(_url: string): string {
    return Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; ');
  }

  async #exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { url = '', method = 'GET', content, withCredentials } = request;
    const response = await this.#parts.fetch(url, {
      method,
      // An empty body has no type.
      ...(content === undefined || content === '' ? {} : { body: content }),
      headers: await this.#headers(request),
      cache: 'no-cache',
      credentials: withCredentials === true ? 'include' : 'same-origin',
      signal,
    });
    // Browsers keep cookies themselves and show none; older ones don't know the method.
    for (const cookie of response.headers.getSetCookie?.() ?? []) this.#keep(cookie);
    const text = await response.text();
    if (response.ok) return new HttpResponse(response.status, response.statusText, text);
    const wait = readRetryAfter(response.headers.get('retry-after'), this.#parts.now());
    this.#failure = failureOfStatus(response.status, text, wait);
    throw new HttpError(text || response.statusText, response.status);
  }

  async #headers({ headers = {}, content }: HttpRequest): Promise<Record<string, string>> {
    const cookie = this.getCookieString('');
    return {
      'X-Requested-With': 'XMLHttpRequest',
      ...(typeof content === 'string' ? { 'Content-Type': 'text/plain;charset=UTF-8' } : {}),
      ...headers,
      Authorization: `Bearer ${await this.#parts.token()}`,
      ...(cookie === '' ? {} : { Cookie: cookie }),
    };
  }

  #keep(cookie: string): void {
    const [, name, value] = /^([^=;]+)=([^;]*)/u.exec(cookie) ?? [];
    if (name !== undefined && value !== undefined) this.#cookies.set(name.trim(), value.trim());
  }
}

/** Microsoft's type of a signal has this property only. */
function onAbort(signal: NonNullable<HttpRequest['abortSignal']>, act: (() => void) | null): void {
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  signal.onabort = act;
}
