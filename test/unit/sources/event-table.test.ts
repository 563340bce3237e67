import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wazoEventsDocument } from '../../../scripts/wazo-events-document.js';
import { eventNames } from '../../../src/rte/events/event-catalogue.js';
import type { Consequence } from '../../../src/sources/wazo/events/event-row.js';
import {
  bindings,
  EVENT_TABLE,
  findEvent,
  routingKeysOf,
} from '../../../src/sources/wazo/events/event-table.js';
import { IngestUnderTest, START } from './ingest-fixture.js';
import { wazoExamples } from './wazo-examples.js';

const rows = Object.entries(EVENT_TABLE);

/** What the ingest makes of an event from which that follows. */
const READS: Readonly<Record<Consequence['outcome'], object>> = {
  'changes state': { outcome: 'applied', says: true, directory: 0, resync: 0 },
  'becomes an RTE event': { outcome: 'applied', says: true, directory: 0, resync: 0 },
  'changes the directory': { outcome: 'directory-change', says: false, directory: 1, resync: 0 },
  'calls for a resynchronisation': {
    outcome: 'resync-trigger',
    says: false,
    directory: 0,
    resync: 1,
  },
  'ends a login': { outcome: 'session-end', says: false, directory: 0, resync: 0 },
  'no consequence': { outcome: 'irrelevant', says: false, directory: 0, resync: 0 },
};

/** A routing key with every word that has a variable in it as `*`. */
function general(key: string): string {
  return key.replaceAll(/[^.]*\*[^.]*/g, '*');
}

/** What the ingest makes of the example of that name. */
function outcomeOf(hub: IngestUnderTest, name: string) {
  const { data } = wazoExamples.find((example) => example.name === name) ?? { data: {} };
  const { outcome, events } = hub.translate({ name, data });
  return { outcome, changes: hub.directoryChanges.splice(0).length, says: events.length };
}

describe('the table of events', () => {
  it('has every event that it has to have', () => {
    const missing = wazoExamples.filter(({ name }) => findEvent(name) === undefined);
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(wazoExamples.length).toBeGreaterThan(150);
  });

  it('has no event without an example', () => {
    const examples = new Set(wazoExamples.map(({ name }) => name));
    const names = rows.flatMap(([name, row]) => [name, ...row.formerly.map((one) => one.name)]);
    expect(names.filter((name) => !examples.has(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has the routing key of each example', () => {
    for (const { name, routingKey } of wazoExamples.filter((one) => one.routingKey !== '')) {
      const event = findEvent(name)?.row;
      const shape = event?.formerly.find((former) => former.name === name) ?? event;
      const keys = shape === undefined ? [] : routingKeysOf({ ...shape, name });
      expect([name, keys.map(general)]).toEqual([
        name,
        expect.arrayContaining([general(routingKey)]),
      ]);
    }
  });

  it('names only RTE events that exist', () => {
    const named = rows.flatMap(([, row]) => ('rteEvents' in row ? row.rteEvents : []));
    expect(named.filter((name) => !eventNames.some((known) => known === name))).toEqual([]);
  });

  it('gives a reason wherever nothing follows', () => {
    const reasons = rows.flatMap(([, row]) =>
      row.outcome === 'no consequence' ? [row.reason] : [],
    );
    expect(reasons.filter((reason) => !/^\w.{20,}\.$/.test(reason))).toEqual([]);
  });
});

describe('the bindings', () => {
  it('are those events from which something follows and that do not flood, under all their names', () => {
    const { names } = bindings();
    for (const { name } of wazoExamples) {
      const row = findEvent(name)?.row;
      const isWanted = row?.outcome !== 'no consequence' && row?.unasked === undefined;
      expect([name, names.includes(name)]).toEqual([name, isWanted]);
    }
  });

  it('ask a topic exchange for each key once, and never for everything', () => {
    const { routingKeys } = bindings();
    expect(new Set(routingKeys).size).toBe(routingKeys.length);
    expect(routingKeys.filter((key) => !/^[\w.*]*[a-zA-Z]\w*[\w.*]*$/.test(key))).toEqual([]);
    expect(routingKeys).toEqual(
      expect.arrayContaining(['status.user', 'ami.QueueCallerJoin', 'calls.call.created']),
    );
  });
});

describe('an event', () => {
  let hub: IngestUnderTest;

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    hub = new IngestUnderTest();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each(wazoExamples.map((example) => [example.name, example]))(
    '%s has the outcome that the table declares',
    (name, { data }) => {
      const declared = findEvent(name)?.row.outcome;
      const { outcome, events } = hub.translate({ name, data });
      const says = events.length > 0;
      const directory = hub.directoryChanges.length;
      // The count of a queue comes beside a change of its state.
      const resync = hub.resyncTriggers.filter(({ kind }) => kind !== 'queue-count').length;
      expect({ outcome, says, directory, resync }).toEqual(declared && READS[declared]);
      expect(hub.acknowledged).toBe(1);
    },
  );

  it.each(rows.flatMap(([name, row]) => row.formerly.map((before) => [before.name, name])))(
    '%s says what %s says today',
    (former, today) => {
      expect(outcomeOf(hub, former)).toEqual(outcomeOf(hub, today));
    },
  );
});

describe('EVENTS.md', () => {
  it('is as the table says (else run npm run generate)', async () => {
    const file = new URL('../../../src/sources/wazo/EVENTS.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(await wazoEventsDocument());
  });
});
