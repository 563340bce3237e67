import {
  array,
  assert,
  constantFrom,
  oneof,
  property,
  record,
  subarray,
  constant,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { AccessAudit } from '../../../src/rte/access-audit.js';
import { AccessDecisions, decisionsUnder } from '../../../src/rte/access-decisions.js';
import { mayReceive } from '../../../src/rte/access-policy.js';
import { AccessRules } from '../../../src/rte/access-rules.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { createRteEvent, type RteEvent } from '../../../src/rte/events/create-event.js';
import type { RteEventName } from '../../../src/rte/events/event-catalogue.js';
import { createRteHub } from '../../../src/rte/hub.js';
import { startPublisher } from '../../../src/rte/publisher.js';
import { SubscriptionRegistry } from '../../../src/rte/subscription-registry.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
  organizationOf,
  people,
  type PersonName,
  roleOf,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { noExtensions } from './fixtures/no-extensions.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

const now = Date.UTC(2024, 5, 1);

function setUp() {
  const [metrics, logger] = [new RecordingMetrics(), new RecordingLogger()];
  const bus = new InProcessEventBus(logger);
  const registry = new SubscriptionRegistry({ metrics });
  const directory = new FakeDirectoryHolder(createDirectory());
  const audit = new AccessAudit({ logger, metrics, now: () => now });
  startPublisher({ bus, registry, directory, metrics, audit, logger, now: () => now });
  const hub = createRteHub({ ...noExtensions, directory, registry, audit, listExtensions: false });
  const call = (caller: FakeCaller, method: string, ...pairs: [string, string][]): unknown => {
    const items = pairs.map(([EntityId, EventName]) => ({ EntityId, EventName }));
    return hub.methods[method]?.bind([items])(caller);
  };
  return { bus, registry, directory, metrics, call };
}

function event(name: RteEventName, entityId: string, owner = organizationId): RteEvent {
  return createRteEvent(name, { organizationId: owner, entityId, timestamp: now }, {});
}

/** What arrived since this was asked last, with the subscription it came by. */
function newsOf(caller: FakeCaller): string[] {
  return caller.received.splice(0).map(({ arguments: [{ data, subscription }] }) => {
    const { entityId, allEntities } = subscription;
    const by = allEntities === true ? 'all' : entityId === data['entityId'] ? 'own' : 'wrong';
    return `${String(data['eventType'])} ${nameOf(data['entityId'])} by ${by}`;
  });
}

function nameOf(id: unknown): string {
  return Object.entries(ids).find(([, known]) => known === id)?.[0] ?? String(id);
}

describe('a subscription with wildcards', () => {
  it.each<[PersonName, string, string, boolean, string | null]>([
    ['ann', '*', 'QueueStatus', true, null],
    ['ann', '*', '*', true, null],
    ['ann', ids.ann, 'UserCall*', true, null],
    ['ann', ids.sales, '*', true, null],
    // Of a colleague an agent may have two events.
    ['ann', ids.bob, 'USER*', true, null],
    ['ann', ids.bob, 'UserCall*', false, 'Unauthorized'],
    ['ann', ids.bob, 'Queue*', false, 'Event not available for entity'],
    ['ann', ids.support, '*', false, 'Unauthorized'],
    ['ann', ids.eve, '*', false, 'Unauthorized'],
    ['ann', ids.nobody, '*', false, 'Unauthorized'],
    ['ann', '*', 'Nothing*', false, 'Unknown event'],
    ['ann', '*', 'Nothing', false, 'Unknown event'],
    ['ann', '**', 'UserStatus', false, 'Invalid entity id'],
  ])('of %s to %s %s is there: %s, %s', (who, entityId, eventName, subscribed, message) => {
    const { call } = setUp();
    const lower = { entityId: entityId.toLowerCase(), eventName: eventName.toLowerCase() };
    expect(call(new FakeCaller(who), 'Subscribe', [entityId, eventName])).toEqual([
      { subscribed, message, ...lower },
    ]);
  });

  it('is told as it was asked for, and beside a message with the event that came', () => {
    const { bus, registry, call } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', ['*', 'usercall*'], [ids.ann, '*']);
    const [every, own] = registry.ofConnection(ann.connectionId);
    expect(every).toMatchObject({
      eventType: 'UserCall*',
      entityType: 'User',
      entityId: '*',
      allEntities: true,
      allRootEntities: false,
    });
    expect(own).toMatchObject({
      eventType: '*',
      entityType: '*',
      entityId: ids.ann,
      allEntities: false,
    });
    bus.publish(event('UserWrapUpEnabled', ids.ann));
    expect(ann.received[0]?.arguments[0].subscription).toEqual({
      ...own,
      eventType: 'UserWrapUpEnabled',
      entityType: 'User',
    });
  });

  it('is one subscription, which goes as it came', () => {
    const { bus, call, metrics } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', ['*', '*'], ['*', '*'], [ids.ann, 'UserStatus']);
    expect(metrics.subscriptionCount).toBe(2);
    expect(call(ann, 'Unsubscribe', ['*', 'UserStatus'])).toMatchObject([{ subscribed: false }]);
    expect(metrics.subscriptionCount).toBe(2);
    call(ann, 'Unsubscribe', ['*', '*']);
    expect(metrics.subscriptionCount).toBe(1);
    bus.publish(event('UserStatus', ids.bob));
    bus.publish(event('UserStatus', ids.ann));
    expect(newsOf(ann)).toEqual(['UserStatus ann by own']);
  });

  it('brings an event once, by the most exact of one client', () => {
    const { bus, call } = setUp();
    const ann = new FakeCaller('ann');
    call(
      ann,
      'Subscribe',
      ['*', '*'],
      [ids.ann, 'UserStatus'],
      ['*', 'UserStatus'],
      [ids.ann, '*'],
    );
    bus.publish(event('UserStatus', ids.ann));
    bus.publish(event('UserSetting', ids.ann));
    bus.publish(event('UserStatus', ids.bob));
    expect(newsOf(ann)).toEqual([
      'UserStatus ann by own',
      'UserSetting ann by own',
      'UserStatus bob by all',
    ]);
  });

  it('brings what one may see, also what came into the directory later, and no longer what went', () => {
    const { bus, call, directory } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', ['*', 'UserStatus'], ['*', 'Queue*']);
    const publishAll = () => {
      for (const id of [ids.bob, ids.carl]) bus.publish(event('UserStatus', id));
      bus.publish(event('UserStatus', ids.eve, foreignOrganizationId));
      for (const id of [ids.sales, ids.support]) bus.publish(event('QueueStatus', id));
      bus.publish(event('QueueStatus', ids.foreignQueue, foreignOrganizationId));
      // The sentinel, which always comes.
      bus.publish(event('UserStatus', ids.ann));
    };
    directory.replace(createDirectory(['carl']));
    publishAll();
    const sentinel = 'UserStatus ann by all';
    expect(newsOf(ann)).toEqual(['UserStatus bob by all', 'QueueStatus sales by all', sentinel]);
    const next = createDirectory();
    const queues = new Map(next.queues);
    const [sales, support] = [queues.get(ids.sales), queues.get(ids.support)];
    if (sales && support) {
      queues.set(ids.sales, { ...sales, members: [] });
      queues.set(ids.support, { ...support, members: [ids.ann] });
    }
    directory.replace({ ...next, queues });
    publishAll();
    expect(newsOf(ann)).toEqual([
      'UserStatus bob by all',
      'UserStatus carl by all',
      'QueueStatus support by all',
      sentinel,
    ]);
  });

  it('brings no more than the access rules permit that one came with', () => {
    const { bus, call } = setUp();
    const acl = ['events.rte.users.*.UserStatus', `!events.rte.users.${ids.bob}.#`];
    const access = new AccessRules({ acl, me: ids.adam });
    const adam = new FakeCaller({
      ...new FakeCaller('adam').user,
      access,
    });
    call(adam, 'Subscribe', ['*', '*']);
    for (const id of [ids.bob, ids.ann]) bus.publish(event('UserStatus', id));
    bus.publish(event('UserSetting', ids.ann));
    bus.publish(event('QueueStatus', ids.sales));
    bus.publish(event('UserStatus', ids.carl));
    expect(newsOf(adam)).toEqual(['UserStatus ann by all', 'UserStatus carl by all']);
  });

  it('encodes its constant part once per event, and conflates states of one entity only', () => {
    const { bus, call } = setUp();
    const ann = new FakeCaller('ann');
    call(ann, 'Subscribe', ['*', '*']);
    for (const id of [ids.ann, ids.bob, ids.ann]) bus.publish(event('UserStatus', id));
    bus.publish(event('UserSetting', ids.ann));
    const [first, second, third, setting] = ann.deliveries;
    expect(second?.template).toBe(first?.template);
    expect(setting?.template).not.toBe(first?.template);
    expect([first, setting].map((one) => one?.template.conflate)).toEqual([true, false]);
    expect(third?.message.conflationKey).toBe(first?.message.conflationKey);
    expect(second?.message.conflationKey).not.toBe(first?.message.conflationKey);
  });
});

describe('the decisions about wildcards', () => {
  /** Counts how often it is asked. */
  class CountingRules extends AccessRules {
    asked = 0;

    override permits(access: string): boolean {
      this.asked += 1;
      return super.permits(access);
    }
  }

  it('are asked once for a login, entity and event, until the directory is replaced', () => {
    const { bus, call, directory } = setUp();
    const access = new CountingRules({ acl: ['events.rte.#'], me: ids.adam });
    const user = { ...new FakeCaller('adam').user, access };
    const connections = ['one', 'two', 'three'].map((id) => new FakeCaller(user, id));
    for (const connection of connections) call(connection, 'Subscribe', ['*', '*']);
    const publishAll = () => {
      for (const id of [ids.ann, ids.bob, ids.ann]) bus.publish(event('UserStatus', id));
    };
    publishAll();
    publishAll();
    expect(connections.map(({ received }) => received.length)).toEqual([6, 6, 6]);
    expect(access.asked).toBe(2);
    directory.replace(createDirectory());
    publishAll();
    expect(access.asked).toBe(4);
    expect(decisionsUnder(directory.current).size).toBe(2);
  });

  it('are no more than their bound', () => {
    const directory = createDirectory();
    const decisions = new AccessDecisions(directory, 3);
    const entities = [ids.ann, ids.bob, ids.carl, ids.sue].map(
      (id) => ({ type: 'User', id }) as const,
    );
    const { user } = new FakeCaller('ann');
    for (const round of [1, 2]) {
      for (const entity of entities) {
        expect(decisions.allows(user, entity, 'UserStatus'), `round ${round}`).toBe(true);
        expect(decisions.size).toBeLessThanOrEqual(3);
      }
    }
  });

  it('keeps apart the logins of a user that gave other roles', () => {
    const { bus, call } = setUp();
    const { user } = new FakeCaller('ann');
    const plain = new FakeCaller('ann', 'plain');
    const admin = new FakeCaller({ ...user, loginRole: 'admin' }, 'as administrator');
    for (const caller of [admin, plain]) call(caller, 'Subscribe', ['*', '*']);
    for (const round of [1, 2]) {
      bus.publish(event('QueueStatus', ids.support));
      expect(newsOf(admin), `round ${round}`).toEqual(['QueueStatus support by all']);
      expect(newsOf(plain), `round ${round}`).toEqual([]);
    }
  });
});

describe('whatever is subscribed to and whoever is in the directory', () => {
  const entityIds = Object.values(ids);
  const pair = record({
    entityId: oneof(constant('*'), constantFrom(...entityIds)),
    eventName: constantFrom('*', 'User*', 'UserStatus', 'Queue*', 'QueueStatus', 'CallbackChanged'),
  });
  const names = ['UserStatus', 'UserSetting', 'QueueStatus', 'CallbackChanged'] as const;
  const results = z.array(z.object({ subscribed: z.boolean() }));
  const published = names.flatMap((name) =>
    entityIds.flatMap((entityId) =>
      [organizationId, foreignOrganizationId].map((owner) => event(name, entityId, owner)),
    ),
  );
  const step = oneof(
    record({ kind: constant('subscribe' as const), who: constantFrom(...people), pair }),
    record({ kind: constant('unsubscribe' as const), who: constantFrom(...people), pair }),
    record({
      kind: constant('replace' as const),
      without: subarray([...people], { maxLength: 2 }),
    }),
  );

  it('everybody gets what they asked for and may see, once, and nothing else', () => {
    assert(
      property(array(step, { maxLength: 12 }), (steps) => {
        const { bus, call, directory } = setUp();
        const callers = new Map(people.map((name) => [name, new FakeCaller(name)]));
        const asked = new Map<string, Set<string>>();
        for (const one of steps) {
          if (one.kind === 'replace') {
            directory.replace(createDirectory(one.without));
            continue;
          }
          const { entityId, eventName } = one.pair;
          const caller = callers.get(one.who) ?? new FakeCaller(one.who);
          const own = asked.get(one.who) ?? new Set();
          asked.set(one.who, own);
          if (one.kind === 'unsubscribe') {
            call(caller, 'Unsubscribe', [entityId, eventName]);
            own.delete(`${entityId} ${eventName}`);
          } else {
            const [result] = results.parse(call(caller, 'Subscribe', [entityId, eventName]));
            if (result?.subscribed === true) own.add(`${entityId} ${eventName}`);
          }
        }
        const wrong: string[] = [];
        for (const one of published) {
          bus.publish(one);
          for (const [who, caller] of callers) {
            const isAsked = [...(asked.get(who) ?? [])].some((text) => covers(text, one));
            const isExpected =
              isAsked &&
              one.organizationId === organizationOf(who) &&
              mayReceive(
                directory.current,
                caller.user,
                { type: one.entityType, id: one.entityId },
                one.name,
              );
            if (caller.received.splice(0).length === (isExpected ? 1 : 0)) continue;
            wrong.push(`${who} (${roleOf(who)}): ${one.name} ${nameOf(one.entityId)}`);
          }
        }
        expect(wrong).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** @param asked entity id and event name, as a client gave them */
function covers(asked: string, { name, entityId }: RteEvent): boolean {
  const [id, pattern = ''] = asked.split(' ');
  const isName = pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
  return isName && (id === '*' || id === entityId);
}
