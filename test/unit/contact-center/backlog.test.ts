import { beforeEach, describe, expect, it } from 'vitest';
import { Backlog, type Occurrence } from '../../../src/contact-center/index.js';
import { SECOND, START } from './story.js';

const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const about = { legId: '1.1', callerNumber: '+1', targetNumber: '', queueId: 'first' };

let backlog: Backlog;

beforeEach(() => {
  backlog = new Backlog();
});

function arrived(at: number, callId = 'call 1'): Occurrence {
  return { kind: 'queue-call-arrived', at, callId, ...about };
}

function ended(at: number, callId = 'call 1'): Occurrence {
  return { kind: 'queue-call-disconnected', at, callId, ...about, endedBy: 'remote', cause: null };
}

function settingChanged(at: number): Occurrence {
  return {
    kind: 'user-setting-changed',
    at,
    userId: 'u0',
    keyword: 'dnd',
    value: '1',
    values: null,
  };
}

/** An event of the backlog, which happened at that time. */
function happened(at: number): void {
  backlog.note({ kind: 'channel-ended', at, legId: '1.1' });
}

describe('what comes of a backlog', () => {
  it.each([
    ['is as young as states are held', 60 * SECOND, true],
    ['is older', 61 * SECOND, false],
  ])('is news or not when it %s', (_name, age, isNews) => {
    backlog.note({ kind: 'backlog-begun', at: START });
    expect(backlog.isNews(arrived(START - age), START)).toBe(isNews);
  });

  it('is news when it goes on with a call that was told of', () => {
    expect(backlog.isNews(arrived(START - HOUR), START)).toBe(true);
    backlog.note({ kind: 'backlog-begun', at: START });
    expect(backlog.isNews(ended(START - HOUR), START)).toBe(true);
    expect(backlog.isNews(ended(START - HOUR, 'call 2'), START)).toBe(false);
  });

  it('stays no news with the rest of its call, until that is young', () => {
    backlog.note({ kind: 'backlog-begun', at: START });
    expect(backlog.isNews(arrived(START - HOUR), START)).toBe(false);
    expect(backlog.isNews(ended(START - 50 * MINUTE), START)).toBe(false);
    expect(backlog.isNews(ended(START - SECOND), START)).toBe(true);
  });

  it('is news when it is a setting, which holds until it changes', () => {
    backlog.note({ kind: 'backlog-begun', at: START });
    expect(backlog.isNews(settingChanged(START - HOUR), START)).toBe(true);
  });

  it('may follow from a grace that ends just after it, not from a clock that goes wrong', () => {
    backlog.note({ kind: 'backlog-begun', at: START });
    backlog.note({ kind: 'backlog-over', at: START + SECOND });
    expect(backlog.isNews(arrived(START - HOUR), START + 5 * SECOND)).toBe(false);
    expect(backlog.isNews(arrived(START - HOUR), START + 6 * SECOND)).toBe(true);
  });
});

describe('the time of a backlog', () => {
  it('is that of its newest event', () => {
    backlog.note({ kind: 'backlog-begun', at: START });
    expect(backlog.timeOf(START)).toBe(START);
    happened(START - HOUR);
    expect(backlog.timeOf(START)).toBe(START - HOUR);
    happened(START - 2 * HOUR);
    expect(backlog.timeOf(START)).toBe(START - HOUR);
    happened(START - MINUTE);
    expect(backlog.timeOf(START)).toBe(START - MINUTE);
  });

  it("is the hub's before and after, and never ahead of it", () => {
    happened(START - HOUR);
    expect(backlog.timeOf(START)).toBe(START);
    backlog.note({ kind: 'backlog-begun', at: START });
    happened(START + HOUR);
    expect(backlog.timeOf(START)).toBe(START);
    backlog.note({ kind: 'backlog-over', at: START });
    expect(backlog.timeOf(START + 1)).toBe(START + 1);
  });
});
