import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { FakeAnswer, FakeRequest } from './answers.js';
import { answerAuth, liveToken } from './fake-auth.js';
import { answerService } from './fake-services.js';
import { Faults } from './faults.js';
import { FakeWazoState, type FakeService, HUB_LOGIN, type Json } from './state.js';

const VERSIONS: Readonly<Record<FakeService, string>> = {
  auth: '0.1',
  confd: '1.1',
  agentd: '1.0',
  calld: '1.0',
  chatd: '1.0',
  amid: '1.0',
};

const serviceName = z.enum(['auth', 'confd', 'agentd', 'calld', 'chatd', 'amid']);
const jsonObject = z.record(z.string(), z.unknown());

/** Wazo's REST services behind one nginx, as a test wants them. */
export class FakeWazo {
  readonly state = new FakeWazoState();
  readonly faults = new Faults();
  /** Requests so far, as `GET confd/queues`. */
  readonly requests: string[] = [];
  /** Hears of UserEvents that were asked for; the answer waits for it. */
  onUserEvent: (fields: Json) => Promise<void> = () => Promise.resolve();
  readonly #server: Server;
  #port = 0;

  private constructor() {
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  static async start(): Promise<FakeWazo> {
    const fake = new FakeWazo();
    await fake.listen();
    return fake;
  }

  /** Base URL, as of WAZO_URL. */
  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** The settings that lead a hub here. */
  get variables(): Record<string, string> {
    const { username, password } = HUB_LOGIN;
    return { WAZO_URL: this.url, WAZO_USERNAME: username, WAZO_PASSWORD: password };
  }

  /** Listens, again at the same port after `close`. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = addressOf(this.#server).port;
  }

  /** Refuses connections and cuts those that are open. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', this.url);
    const [, api, name, version, ...path] = url.pathname.split('/').map(decodeURIComponent);
    const service = serviceName.safeParse(name);
    if (api !== 'api' || !service.success || version !== VERSIONS[service.data]) {
      send(response, { status: 404 });
      return;
    }
    const method = incoming.method ?? 'GET';
    this.requests.push(
      `${method} ${service.data}/${path[0] === 'token' ? 'token' : path.join('/')}`,
    );
    if (await this.#misbehave(service.data, path[0], response)) return;
    const body = await readJson(incoming);
    const { headers } = incoming;
    const request = { method, path, query: url.searchParams, headers, body };
    send(response, await this.#answer(service.data, request));
  }

  async #answer(service: FakeService, request: FakeRequest): Promise<FakeAnswer> {
    const { state } = this;
    const caller = liveToken(state, request.headers['x-auth-token']);
    if (state.starting.has(service)) return { status: 503, body: { message: 'starting' } };
    if (service === 'auth') return answerAuth(state, request, caller);
    if (caller === undefined) return { status: 401, body: { reason: ['Unauthorized'] } };
    return answerService(service, this, request, caller);
  }

  /** True when the fault was the answer. */
  async #misbehave(
    service: FakeService,
    resource: string | undefined,
    response: ServerResponse,
  ): Promise<boolean> {
    const fault = this.faults.strike(service, resource);
    switch (fault?.kind) {
      case undefined:
        return false;
      case 'delay':
        await fault.until;
        return false;
      case 'hang':
        return true;
      case 'cut':
        response.destroy();
        return true;
      case 'garbage':
        response.writeHead(200).end(fault.body);
        return true;
      case 'status':
        if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
        response.writeHead(fault.status).end('<html>nginx</html>');
        return true;
    }
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake does not listen');
  return address;
}

async function readJson(incoming: IncomingMessage): Promise<Json> {
  const body = await text(incoming);
  return body === '' ? {} : jsonObject.parse(JSON.parse(body));
}

function send(response: ServerResponse, { status, body }: FakeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
