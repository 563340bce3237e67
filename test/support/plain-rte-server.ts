import Fastify from 'fastify';
import { z } from 'zod';
import {
  caseInsensitive,
  createSignalRServer,
  hubMethod,
  type HubUser,
  registerSignalR,
} from '../../src/signalr/index.js';
import { noLogger } from './no-logger.js';

/** An RTE server as the documentation has it, without what this hub has beyond. */
export interface PlainRteServer {
  readonly url: string;
  /** Ends all connections with a bare Close. */
  disconnectAll(): void;
  stop(): Promise<void>;
}

const items = z.array(z.object({ EntityId: z.guid(), EventName: z.string() }));
const STATUS = {
  eventType: 'QueueStatus',
  queueName: 'Sales',
  timestamp: '2026-03-20T08:00:00.0000000Z',
};

/** Starts one that sends a QueueStatus right after each Subscribe, whatever to. */
export async function startPlainRteServer(): Promise<PlainRteServer> {
  const server = createSignalRServer<HubUser>({
    authenticate: ({ token }) =>
      Promise.resolve(token === 'token-of-anna' ? { id: 'anna' } : undefined),
    logger: noLogger,
    hub: {
      methods: {
        Subscribe: hubMethod({
          parameters: [caseInsensitive(items)],
          handler: (caller, asked) => {
            caller.afterAnswer(() => {
              const subscription = { id: 's', eventType: 'QueueStatus', allEntities: false };
              const data = { ...STATUS, id: crypto.randomUUID() };
              caller.send('MessageReceived', { subscription, data });
            });
            return asked.map(({ EntityId, EventName }) => ({
              subscribed: true,
              message: null,
              entityId: EntityId.toLowerCase(),
              eventName: EventName.toLowerCase(),
            }));
          },
        }),
      },
    },
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/rte' });
  app.get('/token/me/rte/', (request) => ({
    WssEndpoint: `ws://${request.host}/rte`,
    Token: 'token-of-anna',
  }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    disconnectAll: () => {
      for (const caller of server.clients.callers()) caller.abort();
    },
    stop: () => app.close(),
  };
}
