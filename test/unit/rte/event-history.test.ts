import { array, assert, constant, constantFrom, nat, oneof, property, record } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { EventHistory } from '../../../src/rte/event-history.js';
import { createRteEvent } from '../../../src/rte/events/create-event.js';
import type { HistoryLimits } from '../../../src/rte/limits.js';
import { OrganizationHistory } from '../../../src/rte/organization-history.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { RecordingLogger } from './fixtures/recording-logger.js';

const START = Date.UTC(2024, 5, 1);
const limits: HistoryLimits = {
  eventAgeMs: 10_000,
  bytesPerOrganization: 3_000,
  idsPerOrganization: 20,
  bytes: 100_000,
  idleMs: 60_000,
};

function alert(text: string, owner = organizationId) {
  const origin = { organizationId: owner, entityId: ids.ann, timestamp: START };
  return createRteEvent('UserAlert', origin, { value: text });
}

describe('the history of an organization', () => {
  const step = oneof(
    record({ kind: constant('add' as const), bytes: constantFrom(0, 100, 2_000) }),
    record({ kind: constant('mark' as const) }),
    record({ kind: constant('wait' as const), ms: nat(12_000) }),
    record({ kind: constant('forget' as const), count: nat(5) }),
  );

  it('knows the last ids in order, and no event that is too old or too much, whatever comes', () => {
    assert(
      property(array(step, { maxLength: 80 }), (steps) => {
        const history = new OrganizationHistory(limits);
        /** Ids that were told, with when; undefined for a mark. */
        const told: { id: string; at: number | undefined }[] = [];
        let [now, place, forgotten] = [START, 0, 0];
        for (const one of steps) {
          if (one.kind === 'add') {
            const event = alert('x'.repeat(one.bytes));
            place += 1;
            history.add(event, place, now);
            told.push({ id: event.data.id, at: now });
          } else if (one.kind === 'mark') {
            const id = history.mark(place, now);
            if (told.at(-1)?.id !== id) told.push({ id, at: undefined });
          } else if (one.kind === 'wait') {
            now += one.ms;
            history.expire(now);
          } else {
            history.forget(one.count);
            forgotten += Math.min(one.count, told.length - forgotten);
          }
          expect(history.size).toBeLessThanOrEqual(limits.idsPerOrganization + 1);
          const known = told.slice(told.length - history.size);
          forgotten = told.length - history.size;
          const [first] = known;
          if (first === undefined) continue;
          const past = history.after(first.id);
          const events = past.known ? past.events : [];
          expect(events.map(({ id }) => id)).toEqual(known.slice(1).map(({ id }) => id));
          const kept = events.filter(({ event }) => event !== undefined);
          expect(kept.every(({ at }) => now - at < limits.eventAgeMs)).toBe(true);
          // Those that are kept are the newest, without a gap.
          const all = events.filter(({ topic }) => topic !== undefined);
          expect(all.slice(all.length - kept.length)).toEqual(kept);
          const bytes = kept.reduce((sum, { bytes: size }) => sum + size, 0);
          expect(bytes).toBeLessThanOrEqual(limits.bytesPerOrganization);
          expect(history.bytes).toBeGreaterThanOrEqual(bytes);
          for (const gone of told.slice(0, forgotten)) {
            expect(history.after(gone.id)).toEqual({ known: false });
          }
        }
        history.forget(history.size);
        expect(history).toMatchObject({ size: 0, bytes: 0 });
      }),
    );
  });

  it('of an event that is told twice begins at the first time', () => {
    const history = new OrganizationHistory(limits);
    const [first, second] = [alert('first'), alert('second')];
    for (const [index, event] of [first, second, first].entries())
      history.add(event, index + 1, START);
    const past = history.after(first.data.id);
    expect(past.known && past.events.map(({ id }) => id)).toEqual([second.data.id, first.data.id]);
  });
});

describe('the histories of all organizations', () => {
  let now: number;
  let inUse: Set<string>;

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    now = START;
    inUse = new Set([organizationId]);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  function setUp(changes: Partial<HistoryLimits> = {}) {
    const bus = new InProcessEventBus(new RecordingLogger());
    const directory = new FakeDirectoryHolder(createDirectory());
    const history = new EventHistory({
      bus,
      directory,
      registry: { organizations: () => inUse },
      limits: { ...limits, ...changes },
      now: () => now,
    });
    return { bus, directory, history };
  }

  it('have nothing of organizations where nobody ever was', () => {
    const { bus, history } = setUp();
    bus.publish(alert('one'));
    history.use(organizationId);
    expect(history.sizes).toEqual({ organizations: 1, events: 0, bytes: 0 });
    bus.publish(alert('two'));
    bus.publish(alert('theirs', foreignOrganizationId));
    expect(history.sizes).toMatchObject({ organizations: 1, events: 1 });
    expect(history.place).toBe(3);
    history.stop();
  });

  it('forget an organization a while after the last has left, by themselves', () => {
    const { bus, history } = setUp();
    history.use(organizationId);
    bus.publish(alert('one'));
    const minutes = (count: number) => {
      now += count * 60_000;
      vi.advanceTimersByTime(count * 60_000);
    };
    minutes(10);
    expect(history.sizes.organizations).toBe(1);
    inUse.clear();
    now += 30_000;
    history.sweep();
    expect(history.sizes.organizations).toBe(1);
    minutes(1);
    expect(history.sizes).toEqual({ organizations: 0, events: 0, bytes: 0 });
    history.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('forget an organization that left the directory', () => {
    const { history, directory } = setUp();
    history.use(organizationId);
    directory.replace({ ...createDirectory(), organizations: new Map() });
    history.sweep();
    expect(history.sizes.organizations).toBe(0);
    history.stop();
  });

  it('are no more than their bound: the largest gives way', () => {
    const { bus, history } = setUp({ bytes: 4_000, bytesPerOrganization: 10_000 });
    for (const id of [organizationId, foreignOrganizationId]) history.use(id);
    const theirs = alert('theirs', foreignOrganizationId);
    bus.publish(theirs);
    for (let count = 0; count < 50; count += 1) {
      bus.publish(alert('x'.repeat(300)));
      expect(history.sizes.bytes).toBeLessThanOrEqual(4_000);
    }
    expect(history.after(foreignOrganizationId, theirs.data.id).known).toBe(true);
    expect(history.sizes.events).toBeGreaterThan(2);
    history.stop();
  });
});
