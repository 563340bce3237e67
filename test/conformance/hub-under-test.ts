import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { z } from 'zod';
import type {
  HubCaller,
  HubDefinition,
  HubUser,
  SignalRLogger,
  SignalROptions,
  SignalRServer,
} from '../../src/signalr/index.js';
import {
  createSignalRServer,
  HubError,
  hubMethod,
  registerSignalR,
} from '../../src/signalr/index.js';

/** Tokens that the hub under test knows, and whose they are. */
const USERS: Readonly<Record<string, string>> = { 'token-a': 'alice', 'token-b': 'bob' };

export const ALLOWED_ORIGIN = 'https://app.example';

export interface HubUnderTest {
  /** e.g. http://127.0.0.1:40123 */
  readonly url: string;
  readonly server: SignalRServer<HubUser>;
  readonly logLines: readonly string[];
  /** Ends of connections as onDisconnected saw them. */
  readonly ends: readonly (string | undefined)[];
  stop(): Promise<void>;
}

/** Starts a Fastify application with a hub at /hub on a free port. */
export async function startHub(options: Partial<SignalROptions> = {}): Promise<HubUnderTest> {
  const logLines: string[] = [];
  const ends: (string | undefined)[] = [];
  const server = createSignalRServer<HubUser>({
    hub: testHub(ends),
    logger: collectingLogger(logLines),
    options: {
      allowedOrigins: [ALLOWED_ORIGIN],
      originSettingHint: 'Set HUB_ORIGINS.',
      ...options,
    },
    authenticate: ({ token = '' }) => {
      if (token === 'broken') return Promise.reject(new Error('user store is down'));
      const id = USERS[token];
      return Promise.resolve(id === undefined ? undefined : { id });
    },
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/hub' });
  app.get('/other', () => 'other');
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address: AddressInfo | string | null = app.server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const url = `http://127.0.0.1:${port}`;
  return { url, server, logLines, ends, stop: () => app.close() };
}

function testHub(ends: (string | undefined)[]): HubDefinition<HubUser> {
  return {
    onDisconnected: (_caller, error) => void ends.push(error?.message),
    methods: {
      Echo: hubMethod({ parameters: [z.unknown()], handler: (_caller, value) => value }),
      Nothing: hubMethod({ parameters: [], handler: () => undefined }),
      Refuse: hubMethod({
        parameters: [],
        handler: () => {
          throw new HubError('refused for a reason');
        },
      }),
      Crash: hubMethod({
        parameters: [],
        handler: () => {
          throw new Error('secret of the server');
        },
      }),
      WhoAmI: hubMethod({
        parameters: [],
        handler: (caller: HubCaller<HubUser>) => ({
          user: caller.user.id,
          query: Object.fromEntries(caller.query),
        }),
      }),
      CallBack: hubMethod({
        parameters: [z.string(), z.number()],
        handler: (caller: HubCaller<HubUser>, target, times) => {
          for (let n = 1; n <= times; n += 1) caller.send(target, n);
        },
      }),
      Abort: hubMethod({
        parameters: [],
        handler: (caller: HubCaller<HubUser>) => caller.abort(),
      }),
    },
  };
}

function collectingLogger(lines: string[]): SignalRLogger {
  const collect = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { debug: collect, info: collect, warn: collect, error: collect };
}
