import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { boardClock } from '../../../../src/wallboard/board/live/board-clock.js';
import type { LinkState } from '../../../../src/wallboard/shell/link-state.js';
import { NOON } from './events.js';

const LIVE: LinkState = { kind: 'live', since: NOON };
const SOURCE = { sourceName: 'wazo', reason: undefined, since: NOON, lastEvent: undefined };

describe('the clock of durations', () => {
  it.each<[LinkState, boolean]>([
    [LIVE, true],
    [{ kind: 'stale', ...SOURCE }, true],
    [{ kind: 'down', ...SOURCE }, false],
    [{ kind: 'reconnecting', since: NOON, attempt: 1, nextAttemptAt: NOON }, false],
    [{ kind: 'connecting' }, false],
    [{ kind: 'ended' }, false],
  ])('goes on only while something can be heard: %o', (state, goesOn) => {
    const now = signal(NOON);
    const link = signal<LinkState>(LIVE);
    const clock = boardClock({ now, link });
    expect(clock.value).toBe(NOON);
    link.value = state;
    now.value = NOON + 5_000;
    expect(clock.value).toBe(goesOn ? NOON + 5_000 : NOON);
    link.value = LIVE;
    expect(clock.value).toBe(NOON + 5_000);
  });
});
