import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../src/sources/portsip/client/limits.js';
import { SnapshotPhase } from '../../../../src/sources/portsip/client/snapshot-phase.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const LATE = NOW + LIMITS.lateSnapshotMs;

describe('what the PBX tells', () => {
  it('is the state of everything at the start, and for a moment after the subscribing', () => {
    const phase = new SnapshotPhase();
    expect(phase.occasion('subscribing', NOW)).toBe('start');
    phase.subscribed(NOW);
    expect(phase.occasion('live', LATE - 1)).toBe('start');
    expect(phase.occasion('live', LATE)).toBeUndefined();
  });

  it.each(['refreshing', 'asking-again'] as const)('is compared while %s', (state) => {
    const phase = new SnapshotPhase();
    phase.subscribed(NOW - 60_000);
    expect(phase.occasion(state, NOW)).toBe('audit');
    phase.subscribed(NOW);
    expect(phase.occasion('live', LATE - 1)).toBe('audit');
    expect(phase.occasion('live', LATE)).toBeUndefined();
  });

  it('fills a gap after a lost connection', () => {
    const phase = new SnapshotPhase();
    phase.subscribed(NOW - 60_000);
    expect(phase.occasion('subscribing', NOW)).toBe('gap');
    phase.subscribed(NOW);
    expect(phase.occasion('live', NOW)).toBe('gap');
  });
});
