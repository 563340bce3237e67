import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessDocument } from '../../../scripts/access-document.js';
import type { Directory, Role } from '../../../src/directory/types.js';
import { AccessAudit } from '../../../src/rte/access-audit.js';
import { accessTable, type Relation } from '../../../src/rte/access-table.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import {
  eventCatalogue,
  eventNames,
  extensionEventNames,
} from '../../../src/rte/events/event-catalogue.js';
import type { EntityType } from '../../../src/rte/events/event-definition.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import {
  createDirectory,
  guidOf,
  ids,
  organizationId,
  organizationOf,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { noExtensions } from './fixtures/no-extensions.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

// Every cell of role x relation x event goes the whole way: Subscribe, an event on the bus, delivery,
// and delivery once more after the relation has ended. What is expected is read off the table; how
// the user comes to stand so is told by the directory alone.

const ROLES: readonly Role[] = ['agent', 'supervisor', 'admin'];
const ALL_EVENTS = [...eventNames, ...extensionEventNames];
const NOW = Date.UTC(2026, 10, 21);

/** `foreign`: all that another organization's directory could say of the user, by mistake. */
type Standing = Relation | 'foreign';

const STANDINGS: Readonly<Record<EntityType, readonly Standing[]>> = {
  User: ['self', 'organization', 'member', 'supervisor', 'foreign'],
  Queue: ['organization', 'member', 'supervisor', 'foreign'],
  CallList: ['organization', 'member', 'supervisor', 'foreign'],
  Organization: ['organization', 'foreign'],
};

const caller = ids.carl;
const queueId = guidOf(51);
const listId = guidOf(52);

/** The id of the entity that the cell is about. */
function entityOf(type: EntityType, standing: Standing): string {
  switch (type) {
    case 'User':
      if (standing === 'foreign') return ids.eve;
      return standing === 'self' ? caller : ids.bob;
    case 'Queue':
      return queueId;
    case 'CallList':
      return listId;
    case 'Organization':
      return standing === 'foreign' ? organizationOf('eve') : organizationId;
  }
}

/** Carl has the role; a queue, its list and its other member stand to him as told. */
function directoryWhere(role: Role, standing: Standing): Directory {
  const base = createDirectory();
  const [carl, queue, list] = [
    base.users.get(caller),
    base.queues.get(ids.support),
    base.callLists.get(ids.supportList),
  ];
  if (carl === undefined || queue === undefined || list === undefined) throw new Error('fixture');
  const foreign = standing === 'foreign';
  const owner = foreign ? organizationOf('eve') : organizationId;
  const other = foreign ? ids.eve : ids.bob;
  const members = standing === 'member' || foreign ? [other, caller] : [other];
  const supervisors = standing === 'supervisor' || foreign ? [caller] : [];
  const placed = { ...queue, id: queueId, organizationId: owner, members, supervisors };
  const fed = { ...list, id: listId, organizationId: owner, queueIds: [queueId] };
  return {
    ...base,
    users: new Map([...base.users, [caller, { ...carl, role }]]),
    queues: new Map([[queueId, placed]]),
    callLists: new Map([[listId, fed]]),
  };
}

function granted(role: Role, type: EntityType, standing: Standing): readonly string[] {
  if (standing === 'foreign') return [];
  const rows = accessTable.filter(
    ({ roles, relation, entity }) =>
      entity === type && roles.includes(role) && [standing, 'organization'].includes(relation),
  );
  return ALL_EVENTS.filter(
    (name) =>
      eventCatalogue[name].entityType === type &&
      rows.some(({ events }) => events === 'all' || events.includes(name)),
  );
}

function stage(role: Role, standing: Standing) {
  const [metrics, logger] = [new RecordingMetrics(), new RecordingLogger()];
  const bus = new InProcessEventBus(logger);
  const registry = new SubscriptionRegistry({ metrics });
  const directory = { current: directoryWhere(role, standing), onChange: () => () => {} };
  const audit = new AccessAudit({ logger, metrics, now: () => NOW });
  startPublisher({ bus, registry, directory, metrics, audit, logger, now: () => NOW });
  const hub = createRteHub({ ...noExtensions, directory, registry, audit, listExtensions: false });
  const carl = new FakeCaller('carl');
  const subscribe = (entityId: string, names: readonly string[]): unknown => {
    const items = names.map((eventName) => ({ entityId, eventName }));
    return hub.methods['Subscribe']?.bind([items])(carl);
  };
  /** Publishes every event about the entity, and at last one that Carl always gets. */
  const receivedOf = (type: EntityType, entityId: string): readonly unknown[] => {
    carl.received.splice(0);
    const foreign = entityId === ids.eve || standing === 'foreign';
    const owner = foreign ? organizationOf('eve') : organizationId;
    const origin = { organizationId: owner, entityId, timestamp: NOW };
    for (const name of ALL_EVENTS) {
      if (eventCatalogue[name].entityType === type) bus.publish(createRteEvent(name, origin, {}));
    }
    const sentinel = { organizationId, entityId: organizationId, timestamp: NOW };
    bus.publish(createRteEvent('SourceStatus', sentinel, { reason: 'sentinel' }));
    return carl.received.map(({ arguments: [{ data }] }) =>
      data['reason'] === 'sentinel' ? 'sentinel' : data['eventType'],
    );
  };
  return { directory, metrics, subscribe, receivedOf };
}

const cells = ROLES.flatMap((role) =>
  (['User', 'Queue', 'CallList', 'Organization'] as const).flatMap((type) =>
    STANDINGS[type].map((standing) => [role, standing, type] as const),
  ),
);

describe('access of role x relation x event', () => {
  it.each(cells)(
    '%s, %s to a %s: what the table says, at Subscribe and at delivery',
    (role, standing, type) => {
      const { directory, metrics, subscribe, receivedOf } = stage(role, standing);
      const entityId = entityOf(type, standing);
      const events = ALL_EVENTS.filter((name) => eventCatalogue[name].entityType === type);
      const expected = granted(role, type, standing);
      expect(subscribe(entityId, events)).toEqual(
        events.map((name) => ({
          subscribed: expected.includes(name),
          message: expected.includes(name) ? null : 'Unauthorized',
          entityId,
          eventName: name.toLowerCase(),
        })),
      );
      expect(new Set(metrics.rules)).toEqual(
        new Set(
          expected.length === events.length
            ? []
            : [standing === 'foreign' ? 'organization' : 'role'],
        ),
      );
      subscribe(organizationId, ['SourceStatus']);
      expect(receivedOf(type, entityId)).toEqual([...expected, 'sentinel']);
      // Whatever the relation was, it ends: what is left is what everybody in the organization has.
      if (standing === 'foreign' || standing === 'self') return;
      directory.current = directoryWhere(role, 'organization');
      const left = granted(role, type, 'organization');
      expect(receivedOf(type, entityId)).toEqual([...left, 'sentinel']);
    },
  );

  it('has every row of the table in it', () => {
    for (const { roles, relation, entity, reason } of accessTable) {
      for (const role of roles) {
        expect(cells).toContainEqual([role, relation, entity]);
      }
      expect(reason).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('ACCESS.md', () => {
  it('is as the table says (else run npm run generate)', async () => {
    const file = new URL('../../../src/rte/ACCESS.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(await accessDocument());
  });
});
