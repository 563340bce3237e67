import { ConnectionList } from '../../../src/console/connection-list.js';
import { Console } from '../../../src/console/console.js';
import { createRefusals } from '../../../src/console/create-refusals.js';
import {
  createTokenIssuer,
  createTokenVerifier,
  EndedSessions,
  type SigningKey,
} from '../../../src/identity/index.js';
import { createMetrics, HealthRegistry } from '../../../src/observability/index.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import type { RteUser } from '../../../src/rte/rte-user.js';
import type { Subscription } from '../../../src/rte/subscription.js';
import { LifetimeManager } from '../../../src/signalr/hub/lifetime-manager.js';
import type { ConnectionInfo, SignalRServer } from '../../../src/signalr/index.js';
import { type SourceHealth, watchSources } from '../../../src/composition/source-health.js';
import type { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { noLogger } from '../../support/no-logger.js';
import { ids, organizationOf, people, type PersonName, roleOf } from '../rte/fixtures/directory.js';

/** The console with connections that are made up: one of each person, `Of-ann` and so on. */
export interface ConsoleUnderTest {
  readonly administration: Console;
  readonly recorder: ReturnType<typeof createRefusals>['recorder'];
  readonly sources: SourceHealth;
  /** Connections that were closed, and whether they may come back. */
  readonly closed: string[];
  /** A token of the hub for somebody, or with changes. */
  tokenOf(person: PersonName, ttlSeconds?: number): Promise<string>;
  /** Users whose tokens are revoked. */
  readonly revoked: Set<string>;
}

/** The id of somebody's connection. */
export const connectionOf = (person: PersonName): string => `Of-${person}`;

export function createConsole(
  directory: FakeDirectoryHolder,
  key: SigningKey,
  now: () => number,
): ConsoleUnderTest {
  const metrics = createMetrics(now);
  const closed: string[] = [];
  const revoked = new Set<string>();
  const sources = watchSources({
    settings: { sources: ['wazo', 'portsip'] },
    directory,
    metrics,
    health: new HealthRegistry(),
    bus: new InProcessEventBus(noLogger),
    now,
  });
  const { refusals, recorder } = createRefusals({ directory, metrics, now });
  const administration = new Console({
    verifier: createTokenVerifier({ current: key }, now),
    directory,
    endedSessions: new EndedSessions({ keepMs: 1_000, now }),
    revokedTokens: { isRevoked: ({ sub }) => revoked.has(sub) },
    refusals,
    recorder,
    health: sources,
    connections: new ConnectionList({
      server: fakeServer(closed),
      directory,
      subscriptionsOf: (id) => [subscriptionOf(id)],
      subscriptionCount: () => 1,
    }),
    now,
  });
  return {
    administration,
    recorder,
    sources,
    closed,
    revoked,
    async tokenOf(person, ttlSeconds = 600) {
      const user = directory.current.users.get(ids[person]);
      if (user === undefined) throw new Error(`the directory has no ${person}`);
      const issuer = createTokenIssuer({ current: key }, ttlSeconds, now);
      return (await issuer.issue(user)).token;
    },
  };
}

const infos = new Map(
  people.map((person, index): [string, ConnectionInfo<RteUser>] => [
    connectionOf(person),
    {
      connectionId: connectionOf(person),
      user: {
        id: ids[person],
        organizationId: organizationOf(person),
        role: roleOf(person),
        name: person,
      },
      transport: index % 2 === 0 ? 'WebSockets' : 'LongPolling',
      protocol: 'json',
      protocolVersion: 1,
      isStateful: false,
      connectedAt: index,
      lastReceivedAt: index,
      remoteAddress: `192.0.2.${String(index)}`,
      userAgent: index === 0 ? undefined : 'Microsoft SignalR/10.0',
      outboundBytes: 1_000 * index,
      outboundMessages: index,
      messagesSent: index,
      messagesDropped: index,
      messagesConflated: index,
    },
  ]),
);

function fakeServer(
  closed: string[],
): Pick<SignalRServer<RteUser>, 'connections' | 'connection' | 'clients'> {
  const lifetime = new LifetimeManager<RteUser>();
  return {
    async *connections(of = () => true) {
      for (const info of infos.values()) if (of(info.user)) yield info;
    },
    connection: (id) => infos.get(id),
    clients: {
      all: () => lifetime.all(),
      group: (name) => lifetime.group(name),
      user: (id) => lifetime.user(id),
      callers: () => lifetime.callers(),
      connection: (id) => ({
        ...lifetime.connection(id),
        close: ({ allowReconnect }) => closed.push(`${id} ${String(allowReconnect)}`),
      }),
    },
  };
}

function subscriptionOf(connectionId: string): Subscription {
  return {
    id: `subscription of ${connectionId}`,
    allRootEntities: false,
    rootEntityId: 'o',
    rootEntityType: 'Organization',
    organizationId: 'o',
    eventType: 'QueueStatus',
    entityType: 'Queue',
    entityId: connectionId,
    allEntities: false,
  };
}
