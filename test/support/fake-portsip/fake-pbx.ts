import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { selfSignedCertificate } from './certificate.js';
import { demoTenant, type FakeAccount, type FakeAdministrator, type FakeTenant } from './model.js';
import { PbxStory } from './pbx-story.js';
import { RestApi } from './rest-api.js';
import type { TopicKind } from './topics.js';
import type { WireMessage } from './wire-messages.js';
import { WsiSession, type AuthCommand } from './wsi-session.js';

/** What a {@link FakePbx} is like, where it differs from a PBX of version 22.3. */
export interface FakePbxOptions {
  readonly tenants?: readonly FakeTenant[];
  /** Epoch ms; the real clock by default. */
  readonly now?: () => number;
  /** 0, the default, takes a free port. */
  readonly port?: number;
}

/**
 * A PortSIP PBX that never was: WSI on `/wsi` (version 22) and on `/` (version 16), REST on `/api`,
 * both over TLS with a certificate of its own making. Its tenants are state that tests and stories
 * change; who subscribed hears of it.
 */
export class FakePbx {
  readonly tenants: FakeTenant[];
  readonly administrator: FakeAdministrator = {
    username: 'admin',
    password: 'admin-secret',
    permissions: ['System Tenant: View Only'],
  };
  /** Whether (un)subscriptions are answered, which the vendor does not document. */
  answersSubscriptions = true;
  /** Whether new connections are taken. */
  acceptsConnections = true;
  /** Live sessions, oldest first. */
  readonly sessions = new Set<WsiSession>();
  readonly certificate: string;
  readonly rest = new RestApi(this);
  readonly now: () => number;
  readonly #server: Server;
  readonly #webSockets = new WebSocketServer({ noServer: true });
  readonly #history: WsiSession[] = [];
  readonly #opened = new EventEmitter();

  private constructor(options: FakePbxOptions) {
    this.tenants = [...(options.tenants ?? [demoTenant()])];
    this.now = options.now ?? Date.now;
    const { key, cert } = selfSignedCertificate(Date.now());
    this.certificate = cert;
    this.#server = createServer({ key, cert }, (request, response) => {
      this.rest.answer(request, response);
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const path = request.url ?? '';
      if (!this.acceptsConnections || !['/', '/wsi'].includes(path)) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
        return;
      }
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const session = new WsiSession(webSocket, this);
        webSocket.on('message', (data: Buffer) => session.take(data.toString('utf8')));
        webSocket.on('close', () => this.sessions.delete(session));
        this.#open(session);
      });
    });
  }

  /** Listens on 127.0.0.1. */
  static async start(options: FakePbxOptions = {}): Promise<FakePbx> {
    const pbx = new FakePbx(options);
    await new Promise<void>((resolve, reject) => {
      pbx.#server.once('error', reject);
      pbx.#server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return pbx;
  }

  get wsiUrl(): string {
    return `wss://localhost:${this.#port()}/wsi`;
  }

  get apiUrl(): string {
    return `https://localhost:${this.#port()}/api`;
  }

  /** The first tenant: the only one, unless the test made several. */
  get tenant(): FakeTenant {
    const [tenant] = this.tenants;
    if (tenant === undefined) throw new Error('this PBX has no tenant');
    return tenant;
  }

  /** What happens in a tenant, told as a story. */
  story(tenant: FakeTenant = this.tenant): PbxStory {
    return new PbxStory(this, tenant);
  }

  /** Resolves with the connection that is the `number`th since the start, counted from 1. */
  async session(number: number): Promise<WsiSession> {
    for (;;) {
      const session = this.#history[number - 1];
      if (session !== undefined) return session;
      await once(this.#opened, 'session');
    }
  }

  /** Sends a message to whoever subscribed to it. */
  publish(tenant: FakeTenant, kind: TopicKind, message: WireMessage, number?: string): void {
    for (const session of this.sessions) session.publish(tenant, kind, message, number);
  }

  /** Cuts every connection without a word, as a network does. */
  cutConnections(): void {
    for (const webSocket of this.#webSockets.clients) webSocket.terminate();
  }

  /** Reads nothing any more from the connections there are, and so answers no ping. */
  freezeConnections(): void {
    for (const webSocket of this.#webSockets.clients) webSocket.pause();
  }

  /** The account of a WSI or REST login; undefined when name, domain or password are wrong. */
  accountOf(credentials: Omit<AuthCommand, 'command'>): FakeAccount | undefined {
    const { username, extension_number: number, password, domain } = credentials;
    if (domain === undefined) {
      const { administrator } = this;
      const isRight = username === administrator.username && password === administrator.password;
      return isRight ? { tenant: undefined, holder: administrator } : undefined;
    }
    const tenant = this.tenants.find((one) => one.domain === domain);
    const found = [...(tenant?.extensions.values() ?? [])].find((one) =>
      number === undefined
        ? one.username === username && one.password === password
        : one.number === number && one.sipPassword === password,
    );
    return found === undefined ? undefined : { tenant, holder: found };
  }

  async stop(): Promise<void> {
    this.cutConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #open(session: WsiSession): void {
    this.sessions.add(session);
    this.#history.push(session);
    this.#opened.emit('session');
  }

  #port(): number {
    const address: AddressInfo | string | null = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the PBX does not listen');
    return address.port;
  }
}
