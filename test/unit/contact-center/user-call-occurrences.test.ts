import { describe, expect, it } from 'vitest';
import { people } from '../../support/directory-fixture.js';
import { ann, callerFacts, leg, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

const phone = leg('1.2');
const rung = ['user-call-incoming dora', 'user-call-arrived dora', 'user-call-allocated dora'];
const connected = 'user-call-connected dora';

describe("a call to a user's own number", () => {
  it('is told from its coming to its end', () => {
    const story = new Story();
    story.tell(phone.created);
    expect(story.occurrences).toEqual([]);
    story.tell(phone.ringing);
    story.wait(SECOND);
    story.tell(phone.up, phone.held);
    story.wait(SECOND);
    story.tell(phone.ended(16));
    const about = {
      userId: people.dora,
      queueId: null,
      callId: 'call 1.1',
      legId: '1.2',
      callerNumber: '+1',
      targetNumber: '1005',
    };
    const userNumber = '1005';
    expect(story.occurrences).toEqual([
      { kind: 'user-call-incoming', at: START, ...about },
      { kind: 'user-call-arrived', at: START, ...about },
      { kind: 'user-call-allocated', at: START, ...about, userNumber },
      {
        kind: 'user-call-connected',
        at: START + SECOND,
        ...about,
        userNumber,
        userLegId: '1.2',
      },
      {
        kind: 'user-call-disconnected',
        at: START + 2 * SECOND,
        ...about,
        endedBy: 'remote',
        cause: '16',
      },
    ]);
  });

  it('is told once, however often calld and Asterisk say it', () => {
    const story = new Story();
    const all = [phone.created, phone.ringing, phone.up, phone.ended(), phone.ended(16)];
    story.tell(...all, ...all.toReversed(), ...all);
    expect(told(story.occurrences)).toEqual([
      ...rung,
      connected,
      'user-call-disconnected dora remote',
    ]);
  });

  it('implies the ringing when only the answer was told', () => {
    const story = new Story();
    story.tell(phone.up, phone.ringing);
    expect(told(story.occurrences)).toEqual([...rung, connected]);
  });

  it.each([
    [16, 'caller-gone'],
    [undefined, 'caller-gone'],
    [19, 'no-answer'],
    [26, 'connected-elsewhere'],
  ])('that rings in vain is cancelled, by the cause %s', (cause, reason) => {
    const story = new Story();
    story.tell(phone.ringing, phone.ended(cause));
    expect(told(story.occurrences)).toEqual([
      ...rung,
      `user-call-cancelled dora ${reason}`,
      'user-call-disconnected dora remote',
    ]);
  });

  it('that never rings is not told', () => {
    const story = new Story();
    story.tell(phone.created, phone.ended(17));
    expect(story.occurrences).toEqual([]);
  });

  it("that the user's own phone ends is ended by our side", () => {
    const story = new Story();
    story.tell(phone.up, phone.hangsUp, phone.ended());
    expect(told(story.occurrences).at(-1)).toBe('user-call-disconnected dora local');
  });

  it('that rings at two phones is one call, which ends with the last of them', () => {
    const story = new Story();
    const mobile = leg('1.3');
    story.tell(phone.ringing, mobile.ringing, mobile.up, phone.ended(26));
    expect(told(story.occurrences)).toEqual([...rung, connected]);
    expect(story.occurrences[3]).toMatchObject({ legId: '1.2', userLegId: '1.3' });
    story.tell(mobile.ended());
    expect(told(story.occurrences.slice(4))).toEqual(['user-call-disconnected dora remote']);
  });

  it('that comes back to the user is told anew', () => {
    const story = new Story();
    story.tell(phone.up, phone.ended());
    story.wait(SECOND);
    story.tell(leg('1.9').ringing);
    expect(told(story.occurrences.slice(-3))).toEqual(rung);
  });

  it('of a source that does not tell who called is not told', () => {
    const story = new Story();
    story.tell({ kind: 'leg-changed', userId: people.dora, legId: '1.2', state: 'up' });
    expect(story.occurrences).toEqual([]);
    expect(story.user(people.dora).talking).toBe(true);
  });
});

describe('a call that a user makes', () => {
  const own = leg('1.1', { role: 'caller' });
  const peer = leg('1.4', {}, people.ann);
  const answered = { kind: 'call-answered', callId: 'call 1.1', legId: '1.3' } as const;

  it('is connected when the other party answers, not when its own leg is up', () => {
    const story = new Story();
    story.tell(own.created, own.up);
    expect(story.occurrences).toEqual([]);
    story.tell(answered, answered, own.hangsUp, own.ended(16));
    expect(told(story.occurrences)).toEqual([
      'user-call-out-connected dora',
      'user-call-out-disconnected dora local',
    ]);
    expect(story.occurrences[1]).toMatchObject({ callerNumber: '+1', cause: '16' });
  });

  it('is connected when a colleague answers', () => {
    const story = new Story();
    story.tell(own.up, peer.up);
    expect(told(story.occurrences)).toContain('user-call-out-connected dora');
    expect(told(story.occurrences)).toContain('user-call-connected ann');
  });

  it('is connected though the answer was told first', () => {
    const story = new Story();
    story.tell(answered, own.created);
    expect(told(story.occurrences)).toEqual(['user-call-out-connected dora']);
  });

  it('that nobody answers is disconnected all the same', () => {
    const story = new Story();
    story.tell(own.up, own.ended(19));
    expect(told(story.occurrences)).toEqual(['user-call-out-disconnected dora remote']);
  });
});

/** What was told of calls to users' own numbers. */
function directSteps(story: Story): string[] {
  return told(story.occurrences.filter((one) => 'queueId' in one && one.queueId === null));
}

describe("an agent's leg of a queue call", () => {
  const queueCall = callerFacts('1.1');
  const own = leg('1.7', {}, people.ann);

  it('is not told besides, whatever becomes of it', () => {
    const story = new Story();
    story.tell(loggedIn(ann), queueCall.joined, queueCall.offered(ann), own.ringing);
    story.wait(SECOND);
    story.tell(queueCall.connected(ann), own.up, queueCall.completed(ann), own.ended());
    story.wait(SECOND);
    expect(directSteps(story)).toEqual([]);
  });

  it('is not told when the queue says within the hold that it rings', () => {
    const story = new Story();
    story.tell(loggedIn(ann), queueCall.joined, own.ringing);
    expect(story.center.nextDeadline(story.now)).toBe(START + 100);
    story.wait(99);
    story.tell(queueCall.offered(ann));
    story.wait(1);
    expect(directSteps(story)).toEqual([]);
  });

  it('is not told when the whole queue call came before it', () => {
    const story = new Story();
    story.tell(loggedIn(ann), queueCall.connected(ann), queueCall.completed(ann));
    story.tell(own.ringing, own.up, own.ended());
    story.wait(SECOND);
    expect(directSteps(story)).toEqual([]);
  });

  it('is a direct call after the hold, when no queue claims it', () => {
    const story = new Story();
    story.tell(loggedIn(ann), own.ringing, own.up);
    expect(story.occurrences).toEqual([]);
    story.wait(100);
    expect(directSteps(story)).toEqual([
      'user-call-incoming ann',
      'user-call-arrived ann',
      'user-call-allocated ann',
      'user-call-connected ann',
    ]);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });

  it('that an agent passes on to a colleague is a direct call of the colleague', () => {
    const story = new Story();
    story.tell(loggedIn(ann), queueCall.connected(ann), phone.ringing);
    expect(directSteps(story)).toEqual(rung);
  });
});

const forward = (setting: 'forwards.busy' | 'forwards.noanswer', enabled: boolean) =>
  ({
    kind: 'setting-changed',
    userId: people.dora,
    setting,
    enabled,
    destination: '1002',
  }) as const;

describe('a missed call', () => {
  const missed = {
    kind: 'call-missed',
    userId: people.dora,
    callId: 'call 1.1',
    legId: '1.1',
    callerNumber: '+1',
    targetNumber: '1005',
    reason: 'busy',
  } as const;

  it('goes where the user forwards such calls', () => {
    const story = new Story();
    story.tell(forward('forwards.busy', true), { ...missed, reason: 'busy' });
    expect(story.occurrences.slice(1)).toMatchObject([
      { kind: 'user-call-overflowed', reason: 'busy', target: '1002' },
      { kind: 'user-call-sent-on', reason: 'forward', target: '1002', cause: 'busy' },
    ]);
  });

  it.each([
    ['another forward', forward('forwards.noanswer', true)],
    ['a forward that is switched off', forward('forwards.busy', false)],
  ])('does not go where %s leads', (_what, setting) => {
    const story = new Story();
    story.tell(setting, { ...missed, reason: 'busy' });
    expect(story.occurrences.slice(1)).toMatchObject([
      { kind: 'user-call-overflowed', target: '' },
    ]);
    expect(story.occurrences).toHaveLength(2);
  });

  it('is told once', () => {
    const story = new Story();
    story.tell(missed, missed);
    expect(told(story.occurrences)).toEqual(['user-call-overflowed dora busy']);
  });

  it('of a queue is not told: the queue tells of it', () => {
    const story = new Story();
    story.tell(callerFacts('1.1').offered(ann));
    story.occurrences.length = 0;
    story.tell({ ...missed, userId: people.ann });
    expect(story.occurrences).toEqual([]);
  });

  it('is forgotten, as ended calls are, after ten minutes', () => {
    const story = new Story();
    story.tell(missed, phone.up, phone.ended());
    story.wait(10 * 60 * SECOND - 1);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ userCalls: 1, missedCalls: 1 });
    story.wait(1);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ userCalls: 0, missedCalls: 0 });
  });

  it('and a call whose end was lost goes after a day', () => {
    const story = new Story();
    story.tell(phone.up);
    story.wait(24 * 3_600 * SECOND);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ userCalls: 0 });
  });
});
