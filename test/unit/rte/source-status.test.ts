import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { SourceTrouble } from '../../../src/contact-center/index.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import type { RteEvent } from '../../../src/rte/events/create-event.js';
import { type ReportedSource, SourceStatusFeed } from '../../../src/rte/source-status-feed.js';
import { mapSourceStatus } from '../../../src/rte/source-status-mapper.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import {
  createDirectory,
  foreignOrganizationId,
  guidOf,
  organizationId,
} from './fixtures/directory.js';
import { RecordingLogger } from './fixtures/recording-logger.js';

const START = Date.UTC(2026, 0, 1);
const organization = { id: organizationId, name: 'Acme', wazo: { tenantUuid: organizationId } };

const wazo: ReportedSource = {
  name: 'wazo',
  state: 'up',
  trouble: null,
  since: START,
  lastEventAt: START + 1_500,
};
const lost = { state: 'down', trouble: 'connection-lost', since: START + 2_000 } as const;
const stale = { state: 'stale', trouble: 'reading-state', since: START + 3_000 } as const;

/** The compiler knows when one is missing. */
const allTroubles: Readonly<Record<SourceTrouble, true>> = {
  starting: true,
  'connection-lost': true,
  'access-denied': true,
  misconfigured: true,
  'reading-state': true,
  'state-unreadable': true,
  'state-old': true,
  unanswered: true,
  failed: true,
};

const troubles = Object.keys(allTroubles).filter(isTrouble);

function isTrouble(name: string): name is SourceTrouble {
  return Object.hasOwn(allTroubles, name);
}

describe('SourceStatus', () => {
  it('has every field of a source that is up', () => {
    const event = mapSourceStatus(organization, [wazo], START + 9_000);
    const source = {
      sourceName: 'wazo',
      state: 'up',
      reason: null,
      since: '2026-01-01T00:00:00.000Z',
      lastEvent: '2026-01-01T00:00:01.500Z',
    };
    expect(Object.entries(event.data)).toEqual(
      Object.entries({
        rootEntityType: 'Organization',
        rootEntityId: organizationId,
        eventType: 'SourceStatus',
        entityType: 'Organization',
        entityId: organizationId,
        organizationId,
        ...source,
        sources: [source],
        id: event.data.id,
        timestamp: '2026-01-01T00:00:09.000Z',
        messageTTLSeconds: -1,
      }),
    );
  });

  it.each([
    ['down before stale', [stale, lost], 'b'],
    ['stale before up', [{}, stale], 'b'],
    ['the first of equals', [lost, lost], 'a'],
  ])('is that of the worst source: %s', (_, changes, worst) => {
    const sources = changes.map((change, at) => ({ ...wazo, name: 'ab'.charAt(at), ...change }));
    const { data } = mapSourceStatus(organization, sources, START);
    expect(data.sourceName).toBe(worst);
    expect(data.sources?.map(({ sourceName }) => sourceName)).toEqual(['a', 'b']);
    expect(data.sources).toContainEqual({
      sourceName: data.sourceName,
      state: data.state,
      reason: data.reason,
      since: data.since,
      lastEvent: data.lastEvent,
    });
  });

  it('says so when nothing has come from a source yet', () => {
    const { data } = mapSourceStatus(organization, [{ ...wazo, lastEventAt: undefined }], START);
    expect(data.lastEvent).toBeNull();
  });

  it('has for each trouble a sentence of its own that says what it means for the reader', () => {
    const reasons = troubles.map((trouble) => {
      const source = { ...wazo, ...lost, trouble };
      return mapSourceStatus(organization, [source], START).data.reason ?? '';
    });
    expect(new Set(reasons).size).toBe(reasons.length);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*What is shown may be old\./);
  });
});

describe('telling how the sources are', () => {
  let directory: FakeDirectoryHolder;
  let sources: ReportedSource[];
  let published: RteEvent[];
  let feed: SourceStatusFeed;

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    directory = new FakeDirectoryHolder(createDirectory());
    sources = [wazo];
    published = [];
    const bus = new InProcessEventBus(new RecordingLogger());
    bus.onEvent((event) => published.push(event));
    feed = new SourceStatusFeed({
      bus,
      directory,
      // The foreign organization has no source.
      sourcesOf: ({ id }) => (id === foreignOrganizationId ? [] : sources),
      now: Date.now,
    });
  });

  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
  });

  const states = (): unknown[] =>
    published.map(({ entityId, data }) => [entityId, 'state' in data ? data.state : undefined]);

  it('happens at a change, once, to organizations that have a source', () => {
    feed.tellChanges();
    feed.tellChanges();
    sources = [{ ...wazo, ...lost }];
    feed.tellChanges();
    feed.tellChanges();
    expect(states()).toEqual([
      [organizationId, 'up'],
      [organizationId, 'down'],
    ]);
  });

  it('does not follow each event, but now and then the time of the last one', () => {
    feed.tellChanges();
    sources = [{ ...wazo, lastEventAt: START + 20_000 }];
    feed.tellChanges();
    vi.advanceTimersByTime(29_999);
    expect(published).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(published).toHaveLength(2);
    expect(published.at(-1)?.data).toMatchObject({ lastEvent: '2026-01-01T00:00:20.000Z' });
    vi.advanceTimersByTime(60_000);
    expect(published).toHaveLength(2);
  });

  it('happens to an organization as soon as it is in the directory, and again when it comes back', () => {
    feed.tellChanges();
    const added = { ...organization, id: guidOf(3) };
    const before = createDirectory();
    const organizations = new Map([...before.organizations, [added.id, added]]);
    directory.replace({ ...before, organizations });
    expect(states().slice(1)).toEqual([[added.id, 'up']]);
    directory.replace(before);
    directory.replace({ ...before, organizations });
    expect(states().slice(2)).toEqual([[added.id, 'up']]);
  });

  it('ends with the stop', () => {
    feed.tellChanges();
    feed.stop();
    sources = [{ ...wazo, ...lost }];
    vi.advanceTimersByTime(60_000);
    directory.replace(createDirectory());
    expect(published).toHaveLength(1);
  });
});
