import Fastify from 'fastify';
import { noLogger } from '../../support/no-logger.js';
import type {
  HubDefinition,
  HubUser,
  SignalROptions,
  SignalRServer,
} from '../../../src/signalr/index.js';
import { createSignalRServer, registerSignalR } from '../../../src/signalr/index.js';
import { testHub } from './test-hub.js';

/** The hubs of a test server, each under its name. */
export type HubName = 'hub' | 'brief' | 'web-sockets-only' | 'rejecting' | 'redirecting';

const ALLOWED_ORIGIN = 'https://app.example';
const USERS: Readonly<Record<string, string>> = {
  'token-a': 'alice',
  'token-b': 'bob',
  'token-admin': 'root',
};

/** What every test hub needs: tests send faster than user interfaces, and negotiate more often. */
const common: Partial<SignalROptions> = {
  allowedOrigins: [ALLOWED_ORIGIN],
  maximumPendingNegotiations: 100_000,
  messageRate: { perSecond: Infinity, burst: Infinity },
};

const brief: Partial<SignalROptions> = {
  ...common,
  handshakeTimeoutMs: 2_000,
  keepAliveIntervalMs: 2_000,
  clientTimeoutMs: 2_000,
  pendingTimeoutMs: 3_000,
  pollTimeoutMs: 2_000,
  disconnectTimeoutMs: 3_000,
  statefulReconnectWindowMs: 3_000,
  closeOnAuthenticationExpiration: true,
  allowStatefulReconnects: true,
};

const rejecting: HubDefinition<HubUser> = {
  methods: {},
  onConnected: () => {
    throw new Error('not today');
  },
};

export interface OwnServer {
  /** e.g. http://127.0.0.1:40123 */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a Fastify application with all hubs of the suite on a free port. */
export async function startOwnServer(): Promise<OwnServer> {
  const app = Fastify();
  const hubs: readonly [HubName, SignalRServer<HubUser>][] = [
    ['hub', serverOf(testHub, { ...common, allowStatefulReconnects: true })],
    ['brief', serverOf(testHub, brief)],
    ['web-sockets-only', serverOf(testHub, { ...common, transports: ['WebSockets'] })],
    ['rejecting', serverOf(rejecting, common)],
  ];
  for (const [name, server] of hubs) registerSignalR(app, server, { path: `/${name}` });
  app.post('/redirecting/negotiate', (request) => ({
    url: `http://${request.host}/hub`,
    accessToken: 'token-a',
  }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, stop: () => app.close() };
}

function serverOf(
  hub: HubDefinition<HubUser>,
  options: Partial<SignalROptions>,
): SignalRServer<HubUser> {
  return createSignalRServer<HubUser>({
    hub,
    options,
    authenticate: ({ token = '' }) => Promise.resolve(userOf(token)),
    logger: noLogger,
  });
}

function userOf(token: string): HubUser | undefined {
  const expiresAt = /^expires-(\d+)$/.exec(token)?.[1];
  if (expiresAt !== undefined) return { id: 'alice', expiresAt: Number(expiresAt) };
  const id = USERS[token];
  return id === undefined ? undefined : { id };
}
