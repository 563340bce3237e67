import { describe, expect, it } from 'vitest';
import type { RteEventData } from '../../../../src/rte/events/event-catalogue.js';
import { createRteEvent } from '../../../../src/rte/events/create-event.js';
import { isTrusted, linkState } from '../../../../src/wallboard/shell/link-state.js';

const ORGANIZATION = 'aaaaaaaa-0000-4000-8000-000000000001';
const SINCE = Date.parse('2026-11-21T10:00:00Z');
const CONNECTED = { state: 'connected', since: SINCE } as const;
const LOST = {
  state: 'reconnecting',
  since: SINCE,
  attempt: 3,
  reason: 'connection-lost',
  detail: '',
  nextAttemptAt: SINCE + 5_000,
} as const;

type Fields = Partial<RteEventData<'SourceStatus'>>;

function sources(fields: Fields): RteEventData<'SourceStatus'> {
  const origin = { organizationId: ORGANIZATION, entityId: ORGANIZATION, timestamp: SINCE };
  return createRteEvent('SourceStatus', origin, { sourceName: 'wazo', ...fields }).data;
}

describe('what a page shows', () => {
  it.each([
    ['connected, and the hub has told of no source', undefined],
    ['connected, and its sources are up', sources({ state: 'up' })],
  ])('is live when it is %s', (_, status) => {
    const link = linkState(CONNECTED, 0, status);
    expect(link).toEqual({ kind: 'live', since: SINCE });
    expect(isTrusted(link)).toBe(true);
  });

  it.each(['stale', 'down'] as const)('cannot be trusted when a source is %s', (state) => {
    const since = '2026-11-21T09:59:00Z';
    const told = sources({ state, reason: 'No bus.', since, lastEvent: null });
    const link = linkState(CONNECTED, 0, told);
    expect(link).toEqual({
      kind: state,
      sourceName: 'wazo',
      reason: 'No bus.',
      since: Date.parse(since),
      lastEvent: undefined,
    });
    expect(isTrusted(link)).toBe(false);
  });

  it('cannot be trusted without the hub, whatever it has said of its sources', () => {
    const link = linkState(LOST, 0, sources({ state: 'down' }));
    expect(link).toMatchObject({ kind: 'reconnecting', attempt: 3 });
    expect(isTrusted(link)).toBe(false);
  });

  it('is dated by the clock of the hub', () => {
    const link = linkState(LOST, 60_000, undefined);
    expect(link).toMatchObject({ since: SINCE + 60_000, nextAttemptAt: SINCE + 65_000 });
  });

  it.each([
    ['connecting', 'connecting'],
    ['stopped', 'ended'],
  ] as const)('of a client that is %s is %s', (state, kind) => {
    expect(linkState({ state }, 0, undefined)).toEqual({ kind });
  });
});
