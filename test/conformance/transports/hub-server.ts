import Fastify from 'fastify';
import { z } from 'zod';
import type { HubUser, SignalROptions, SignalRServer } from '../../../src/signalr/index.js';
import { createSignalRServer, hubMethod, registerSignalR } from '../../../src/signalr/index.js';
import type { SignalRServerOptions } from '../../../src/signalr/index.js';
import { noLogger } from '../../support/no-logger.js';

const USERS: Readonly<Record<string, string>> = { 'token-a': 'alice', 'token-b': 'bob' };

export interface HubServer {
  /** Address of the hub, e.g. http://127.0.0.1:40123/hub */
  readonly hub: string;
  readonly server: SignalRServer<HubUser>;
  /** What Note was called with, in the order in which it ran. */
  readonly notes: unknown[];
  stop(): Promise<void>;
}

/** Starts a hub of our own with the settings under test. */
export async function startHubServer(
  options: Partial<SignalROptions> = {},
  host: Partial<
    Pick<
      SignalRServerOptions<HubUser>,
      'authenticate' | 'negotiate' | 'onRequestRefused' | 'remoteAddress'
    >
  > = {},
): Promise<HubServer> {
  const notes: unknown[] = [];
  const server = createSignalRServer<HubUser>({
    options: { messageRate: { perSecond: Infinity, burst: Infinity }, ...options },
    authenticate: ({ token = '' }) => Promise.resolve(userOf(token)),
    logger: noLogger,
    ...host,
    hub: {
      methods: {
        Note: hubMethod({
          parameters: [z.unknown()],
          handler: (_caller, value) => {
            notes.push(value);
            return value;
          },
        }),
      },
    },
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/hub' });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { hub: `${url}/hub`, server, notes, stop: () => app.close() };
}

export function userOf(token: string): HubUser | undefined {
  const id = USERS[token];
  return id === undefined ? undefined : { id };
}
