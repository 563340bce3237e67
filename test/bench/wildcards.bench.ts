import { pino } from 'pino';
import { InProcessEventBus } from '../../src/rte/event-bus.js';
import { createRteParts } from '../../src/rte/rte-parts.js';
import { AccessRules } from '../../src/rte/access-rules.js';
import type { RteUser } from '../../src/rte/rte-user.js';
import type { HubCaller, MessageTemplate, SharedMessage } from '../../src/signalr/index.js';
import { jsonProtocol } from '../../src/signalr/protocol/json-protocol.js';
import { benchDirectory } from './delivery/hub-server.js';
import {
  CONNECTIONS,
  ORGANIZATION_ID,
  SUPERVISOR_ID,
  userId,
  USERS,
  userStatusEvent,
} from './delivery/workload.js';

// What wildcards cost from the event bus to the outbound queues, which are left out: CPU time to
// hand UserStatus events to 500 connections, each with access rules of its own.

const EVENTS = 2_000;
const REPEATS = 7;

const KINDS = {
  'exact subscriptions': Array.from({ length: USERS }, (_, index) => [userId(index), 'UserStatus']),
  'every entity': [['*', 'UserStatus']],
  'every entity and event': [['*', '*']],
} as const satisfies Record<string, readonly (readonly string[])[]>;

const unobserved = { valueEncoded: () => undefined };
const directory = { current: await benchDirectory(), onChange: () => () => undefined };
const logger = pino({ level: 'silent' });

/** @returns CPU microseconds per delivery */
function measure(pairs: readonly (readonly string[])[]): number {
  const bus = new InProcessEventBus(logger);
  const { hub, stop } = createRteParts({
    bus,
    directory,
    logger,
    metrics: { eventPublished() {}, accessDenied() {}, subscriptions() {} },
    audit: { refused() {}, itemRefused() {} },
    currentState: () => undefined,
    snapshotOnSubscribe: false,
    listExtensions: false,
    now: Date.now,
  });
  let deliveries = 0;
  const deliver = (template: MessageTemplate, message: SharedMessage): void => {
    jsonProtocol.join(
      template.encodedFor(jsonProtocol),
      message.encodedFor(jsonProtocol, unobserved),
    );
    deliveries += 1;
  };
  const items = pairs.map(([EntityId, EventName]) => ({ EntityId, EventName }));
  for (let index = 0; index < CONNECTIONS; index += 1) {
    hub.methods['Subscribe']?.bind([items])(callerOf(index, deliver));
  }
  const events = Array.from({ length: EVENTS }, (_, index) => userStatusEvent(index % USERS));
  const before = process.cpuUsage();
  for (const event of events) bus.publish(event);
  const { user, system } = process.cpuUsage(before);
  stop();
  if (deliveries !== EVENTS * CONNECTIONS) throw new Error(`${deliveries} deliveries`);
  return (user + system) / deliveries;
}

function unused(): never {
  throw new Error('not part of the measurement');
}

/** A connection that only counts. */
function callerOf(index: number, deliver: HubCaller<RteUser>['deliver']): HubCaller<RteUser> {
  return {
    connectionId: String(index),
    user: {
      id: SUPERVISOR_ID,
      organizationId: ORGANIZATION_ID,
      role: 'admin',
      name: 'bench',
      // With rules of its own no two connections share a decision.
      access: new AccessRules({ acl: ['events.rte.#'], me: SUPERVISOR_ID }),
    },
    query: new Map(),
    deliver,
    afterAnswer: (run) => run(),
    whenDrained: () => Promise.resolve(),
    signal: new AbortController().signal,
    get clients() {
      return unused();
    },
    send: unused,
    invoke: unused,
    invokeWith: unused,
    join: unused,
    leave: unused,
    abort: unused,
    close: unused,
  };
}

const results = new Map(Object.keys(KINDS).map((kind): [string, number[]] => [kind, []]));
for (let round = 0; round < REPEATS; round += 1) {
  for (const [kind, pairs] of Object.entries(KINDS)) results.get(kind)?.push(measure(pairs));
}
for (const [kind, times] of results) {
  const [median = 0] = times.toSorted((a, b) => a - b).slice(Math.floor(REPEATS / 2));
  process.stdout.write(`${kind}: ${median.toFixed(3)} us of CPU a delivery\n`);
}
