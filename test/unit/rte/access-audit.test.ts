import { describe, expect, it } from 'vitest';
import { AccessAudit, type AccessRefusal } from '../../../src/rte/access-audit.js';
import { guidOf, ids, organizationId } from './fixtures/directory.js';
import { RecordingLogger } from './fixtures/recording-logger.js';
import { RecordingMetrics } from './fixtures/recording-metrics.js';

function setUp() {
  const [logger, metrics, clock] = [new RecordingLogger(), new RecordingMetrics(), { now: 0 }];
  const audit = new AccessAudit({ logger, metrics, now: () => clock.now });
  const refuse = (userId: string = ids.ann, times = 1) => {
    for (let i = 0; i < times; i += 1) audit.refused(refusalOf(userId));
  };
  return { logger, metrics, clock, audit, refuse };
}

function refusalOf(userId: string): AccessRefusal {
  return {
    reason: 'subscribe',
    caller: { id: userId, organizationId },
    connectionId: 'c-1',
    entity: { type: 'Queue', id: ids.support },
    eventName: 'QueueStatus',
    rule: 'role',
  };
}

describe('a refusal', () => {
  it('is written down with who, what and which rule, and counted', () => {
    const { logger, metrics, refuse } = setUp();
    refuse();
    expect(logger.infos).toEqual([
      {
        message: 'access refused',
        fields: {
          userId: ids.ann,
          organizationId,
          connectionId: 'c-1',
          reason: 'subscribe',
          rule: 'role',
          entityType: 'Queue',
          entityId: ids.support,
          event: 'QueueStatus',
        },
      },
    ]);
    expect([metrics.denials, metrics.rules]).toEqual([['subscribe'], ['role']]);
  });

  it('of a user who has twenty in a minute is only counted, others are still written down', () => {
    const { logger, metrics, refuse } = setUp();
    refuse(ids.ann, 2_000);
    refuse(ids.bob);
    expect(metrics.denials).toHaveLength(2_001);
    expect(logger.infos).toHaveLength(21);
    expect(logger.infos.at(-1)).toMatchObject({ fields: { userId: ids.bob } });
  });

  it('is written down again in the next minute, with how many were not', () => {
    const { logger, clock, refuse } = setUp();
    refuse(ids.ann, 25);
    clock.now = 59_999;
    refuse();
    clock.now = 60_000;
    refuse(ids.ann, 2);
    const [first, second] = logger.infos.slice(20);
    expect(first?.fields).toMatchObject({ unlogged: 6 });
    expect(second?.fields).not.toHaveProperty('unlogged');
  });

  it('is told apart by user for ten thousand users, not more', () => {
    const { audit } = setUp();
    for (let i = 0; i < 10_010; i += 1) audit.refused(refusalOf(guidOf(i)));
    expect(audit.size).toBe(10_000);
  });
});
