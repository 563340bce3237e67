import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ContactCenter, type DomainEvent } from '../../../src/contact-center/index.js';
import { isAmiEventName } from '../../../src/sources/wazo/events/event-table.js';
import { acme, people } from '../../support/directory-fixture.js';
import { directoryWithNeighbours, neighbours } from '../../support/neighbours.js';
import { presence } from '../../support/wazo-events.js';
import { IngestUnderTest, START } from './ingest-fixture.js';
import { type WazoExample, wazoExamples } from './wazo-examples.js';

const COUNTED: ReadonlySet<string> = new Set([
  'applied',
  'directory-change',
  'resync-trigger',
  'session-end',
  'irrelevant',
  'unknown-entity',
  'foreign-tenant',
  'ring-group',
  'malformed',
]);

/** Ways to spoil one field. `undefined` leaves it out. */
const SPOILT: Readonly<Record<string, (value: unknown) => unknown>> = {
  missing: () => undefined,
  null: () => null,
  'of another type': (value) => (typeof value === 'string' ? [value] : JSON.stringify(value)),
  'as a number': (value) => (typeof value === 'number' ? value + 0.5 : 7),
  'as a switch': (value) => value !== true,
  'as a nested thing': (value) => ({ value }),
  'a ring group': () => 'grp-acme-1',
  "a neighbour's uuid": () => neighbours.user,
  "a neighbour's queue": () => neighbours.queueName,
  "a neighbour's agent": () => `Local/id-${String(neighbours.agentId)}@agentcallback`,
  "a neighbour's number": (value) => (typeof value === 'number' ? neighbours.agentId : value),
};

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest(directoryWithNeighbours());
});

afterEach(() => {
  vi.useRealTimers();
});

/** Gives a message of Acme's to the hub; Asterisk's name no tenant. */
function deliver(to: IngestUnderTest, name: string, data: WazoExample['data']): void {
  const headers = isAmiEventName(name) ? {} : { tenant_uuid: acme };
  to.deliverBody(to.encode({ name, data }, START, headers));
}

/** The users and queues that a domain event is about; other texts in it are just texts. */
function entitiesOf(event: DomainEvent): string[] {
  const found: string[] = [];
  JSON.stringify(event, (key, value: unknown) => {
    if (['userId', 'userIds', 'queueId'].includes(key)) found.push(...[value].flat().map(String));
    return value;
  });
  return found;
}

const THEIRS: ReadonlySet<string> = new Set([neighbours.user, neighbours.queue]);

/** Nothing reaches the neighbours' clients. */
function expectNothingOf(events: readonly DomainEvent[], center: ContactCenter): void {
  expect(events.flatMap(entitiesOf).filter((id) => THEIRS.has(id))).toEqual([]);
  const untouched = new ContactCenter();
  const { user, queue } = neighbours;
  expect(center.userStatus(user, START)).toEqual(untouched.userStatus(user, START));
  expect(center.userAvailability(user)).toBeUndefined();
  expect(center.queueStatus(queue, START)).toEqual(untouched.queueStatus(queue, START));
}

/** Asterisk may speak of the neighbours' queue, but of nobody else's in the same event. */
function isForOneTenant(event: DomainEvent, isAsterisks: boolean): boolean {
  const ids = entitiesOf(event);
  const theirs = ids.filter((id) => THEIRS.has(id));
  return theirs.length === 0 || (isAsterisks && theirs.length === ids.length);
}

describe.each(Object.entries(SPOILT))('each field of each event once %s', (_what, spoil) => {
  it('either maps or is counted, is acknowledged, and is never told to the wrong tenant', () => {
    let delivered = 0;
    for (const { name, data } of wazoExamples) {
      for (const field of Object.keys(data)) {
        deliver(hub, name, { ...data, [field]: spoil(data[field]) });
        delivered += 1;
      }
      hub.settle();
      const events = hub.bursts.splice(0).flat();
      const misdirected = events.filter((event) => !isForOneTenant(event, isAmiEventName(name)));
      expect([name, misdirected]).toEqual([name, []]);
    }
    expect(delivered).toBeGreaterThan(1000);
    expect(hub.acknowledged).toBe(delivered);
    const outcomes = hub.outcomes.map((outcome) => outcome.split(' ').at(-1) ?? '');
    expect(outcomes).toHaveLength(delivered);
    expect(outcomes.filter((one) => !COUNTED.has(one) && one !== 'duplicate')).toEqual([]);
  });
});

describe("events of Wazo's services with many fields spoilt at once", () => {
  const services = wazoExamples.filter(({ name }) => !isAmiEventName(name));
  const spoilt = fc.constantFrom(...services).chain(({ name, data }) =>
    fc
      .record(
        Object.fromEntries(
          Object.entries(data).map(([field, value]) => [
            field,
            fc.oneof(
              { weight: 8, arbitrary: fc.constant(value) },
              {
                weight: 2,
                arbitrary: fc.constantFrom(...Object.values(SPOILT)).map((one) => one(value)),
              },
              { weight: 1, arbitrary: fc.jsonValue() },
            ),
          ]),
        ),
      )
      .chain((fields) =>
        fc
          .dictionary(fc.constantFrom('constructor', 'extra', 'toString'), fc.jsonValue())
          .map((extra) => ({ name, data: { ...extra, ...fields } })),
      ),
  );

  it("never throw, never touch a neighbour, and don't keep the next good one from arriving", () => {
    fc.assert(
      fc.property(fc.array(spoilt, { maxLength: 15 }), (messages) => {
        const fresh = new IngestUnderTest(directoryWithNeighbours());
        for (const { name, data } of messages) deliver(fresh, name, data);
        fresh.settle();
        expect(fresh.acknowledged).toBe(messages.length);
        expect(fresh.outcomes).toHaveLength(messages.length);
        expectNothingOf(fresh.bursts.flat(), fresh.center);
        fresh.burst(presence(people.bob));
        expect(fresh.outcomes.at(-1)).toBe('chatd_presence_updated applied');
        expect(fresh.center.userAvailability(people.bob)).toMatchObject({
          availability: 'Available',
        });
        fresh.ingest.close();
      }),
    );
  });
});
