import { once } from 'node:events';
import Fastify from 'fastify';
import { pino } from 'pino';
import { parseDirectory } from '../../../src/directory/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { noExtensions } from '../../unit/rte/fixtures/no-extensions.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import type { RteUser } from '../../../src/rte/rte-user.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import { createSignalRServer, registerSignalR } from '../../../src/signalr/index.js';
import { messageBytes } from './message-bytes.js';
import type { DeliveryServer } from './server.js';
import { ORGANIZATION_ID, SUPERVISOR_ID, userId, USERS, userStatusEvent } from './workload.js';

const UNCOUNTED = { eventPublished() {}, accessDenied() {} };
const UNAUDITED = { refused() {}, itemRefused() {} };

/** The hub from its event bus to the sockets, with everything that delivery does. */
export async function startHubServer(connections: number): Promise<DeliveryServer> {
  const current = await benchDirectory();
  const directory = { current, onChange: () => () => undefined };
  const logger = pino({ level: 'silent' });
  const bus = new InProcessEventBus(logger);
  let announce: () => void;
  const ready = new Promise<void>((resolve) => {
    announce = resolve;
  });
  const subscriptions = (count: number): void => {
    if (count === connections * USERS) announce();
  };
  const registry = new SubscriptionRegistry({ metrics: { subscriptions } });
  const now = Date.now;
  startPublisher({ bus, registry, directory, metrics: UNCOUNTED, audit: UNAUDITED, logger, now });
  const server = createSignalRServer<RteUser>({
    hub: createRteHub({
      directory,
      registry,
      audit: UNAUDITED,
      ...noExtensions,
      listExtensions: false,
    }),
    authenticate: async () => ({
      id: SUPERVISOR_ID,
      organizationId: ORGANIZATION_ID,
      role: 'admin',
      name: 'bench',
    }),
    logger,
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/rte' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  if (!app.server.listening) await once(app.server, 'listening');
  const address = app.server.address();
  const frameBytes = messageBytes(0).byteLength;
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    ready,
    sendRound({ eventsPerRound }) {
      for (let index = 0; index < eventsPerRound; index += 1) bus.publish(userStatusEvent(index));
      return frameBytes * eventsPerRound;
    },
  };
}

/** The organization whose users' status is delivered. */
export async function benchDirectory(): Promise<Directory> {
  const organizationId = ORGANIZATION_ID;
  const ids = [SUPERVISOR_ID, ...Array.from({ length: USERS }, (_, index) => userId(index))];
  const users = ids.map((id) => ({
    id,
    organizationId,
    userName: id,
    displayName: id,
    role: 'admin',
  }));
  const file = { organizations: [{ id: organizationId, name: 'Bench' }], users };
  const passwords = { hash: async (password: string) => password, isHash: () => true };
  const parsed = await parseDirectory(file, { production: false, passwords });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.directory;
}
