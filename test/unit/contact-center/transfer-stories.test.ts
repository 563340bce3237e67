import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransferReport } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { ann, callerFacts, type Fact, leg, loggedIn, SECOND, START, Story } from './story.js';
import { told } from './told.js';

type Report = Omit<TransferReport, 'at'>;

// A caller (1.1) talks to Dora on her phone (1.2), who sends the call on to Bob (1.9).

const CALLER = '1.1';
const phone = leg('1.2');
const bobsPhone = leg('1.9', { targetNumber: '1002', userNumber: '1002' }, people.bob);

/** What wazo-calld says of a transfer by Dora; it never tells the number. */
function calld(flow: 'blind' | 'attended', changes: Partial<Report> = {}) {
  const about = {
    kind: 'call-transfer',
    teller: 'calld',
    transferId: 't1',
    flow,
    userId: people.dora,
    transferrerLegIds: ['1.2'],
    transferredLegId: CALLER,
    targetLegId: '1.9',
    targetNumber: '',
    ...changes,
  } as const;
  const step = (name: Report['step']) => ({ ...about, step: name, cause: name }) as const;
  return {
    started: step('started'),
    answered: step('answered'),
    handedOver: step('handed-over'),
    cancelled: step('cancelled'),
    callerGone: step('caller-gone'),
    ended: step('ended'),
  };
}

/** What Asterisk says of the same transfer when it is done. */
function asterisk(flow: 'blind' | 'attended', changes: Partial<Report> = {}): Report {
  return {
    kind: 'call-transfer',
    teller: 'asterisk',
    transferId: 'Success 1.2',
    step: 'handed-over',
    flow,
    transferrerLegIds: ['1.2'],
    transferredLegId: CALLER,
    targetNumber: '1002',
    cause: 'Transfer',
    ...changes,
  };
}

const started = `user-transfer dora started ${people.bob}`;
const connected = `user-transfer dora connected ${people.bob}`;
const sentOn = `user-call-sent-on dora transfer ${people.bob}`;

/** What of the story is of transfers. */
function transfers(story: Story): string[] {
  return told(story.occurrences).filter((line) => /transfer|sent-on/.test(line));
}

/** The facts, one each 200 ms. */
const timed = (facts: readonly Fact[], since: number) =>
  facts.map((fact, index) => ({ ...fact, at: since + index * 200 }));
type Events = ReturnType<typeof timed>;

/** All of the events in any order, with some of them twice. */
const scrambled = (events: Events) =>
  fc
    .subarray(events)
    .chain((twice) =>
      fc.shuffledSubarray([...events, ...twice], { minLength: events.length + twice.length }),
    );

function play(events: Events): string[] {
  const story = new Story();
  for (const event of events) story.apply(event);
  story.wait(10 * SECOND);
  return transfers(story).map((line) => line.split(' ').slice(0, 3).join(' '));
}

/** Dora talks to the caller for a minute. */
function talking(): Story {
  const story = new Story();
  story.tell(phone.up);
  story.wait(60 * SECOND);
  return story;
}

function tellEach(story: Story, ...facts: readonly Fact[]): void {
  for (const fact of facts) {
    story.tell(fact);
    story.wait(SECOND);
  }
}

describe('an attended transfer', () => {
  const says = calld('attended');

  it('is told from its begin to the leaving of the call', () => {
    const story = talking();
    tellEach(story, says.started, bobsPhone.ringing, bobsPhone.up, says.answered, says.handedOver);
    tellEach(story, phone.ended(), says.ended, leg(CALLER).ended());
    const about = {
      userId: people.dora,
      queueId: null,
      callId: 'call 1.1',
      legId: '1.2',
      callerNumber: '+1',
      targetNumber: '1005',
    };
    const at = START + 60 * SECOND;
    const flow = 'attended';
    expect(story.occurrences.filter(({ kind }) => /transfer|sent-on/.test(kind))).toEqual([
      { kind: 'user-transfer', step: 'started', at, flow, target: '', ...about },
      {
        kind: 'user-transfer',
        step: 'connected',
        at: at + 3 * SECOND,
        flow,
        target: people.bob,
        ...about,
      },
      {
        kind: 'user-call-sent-on',
        at: at + 4 * SECOND,
        target: people.bob,
        cause: 'handed-over',
        reason: 'transfer',
        ...about,
      },
    ]);
  });

  it('waits a moment for the phone that tells who the target is', () => {
    const story = talking();
    story.tell(says.started);
    story.wait(400);
    expect(transfers(story)).toEqual([]);
    story.tell(bobsPhone.created);
    expect(transfers(story)).toEqual([started]);
  });

  it.each([
    ['cancelled', says.cancelled],
    ['caller-gone', says.callerGone],
  ])('comes to nothing: %s', (reason, fact) => {
    const story = talking();
    story.tell(says.started, bobsPhone.ringing);
    tellEach(story, fact, says.ended, fact);
    expect(transfers(story)).toEqual([started, `user-transfer dora cancelled ${reason}`]);
  });

  it('that was answered is not cancelled any more', () => {
    const story = talking();
    story.tell(says.started, bobsPhone.up);
    tellEach(story, says.answered, says.cancelled, says.ended);
    expect(transfers(story)).toEqual([started, connected]);
  });

  it('implies what was lost before the user let go', () => {
    const story = talking();
    story.tell(bobsPhone.ringing, says.handedOver, says.started);
    expect(transfers(story)).toEqual([started, connected, sentOn]);
  });

  it('by the phone itself is told when it is done', () => {
    const story = talking();
    story.tell(asterisk('attended'));
    expect(transfers(story)).toEqual([
      'user-transfer dora started 1002',
      'user-transfer dora connected 1002',
      'user-call-sent-on dora transfer 1002',
    ]);
  });

  it('told by Asterisk and calld is one', () => {
    const story = talking();
    tellEach(story, says.started, says.answered);
    story.tell(says.handedOver, asterisk('attended'), says.ended);
    expect(transfers(story)).toHaveLength(3);
  });

  it('after one that came to nothing is another', () => {
    const story = talking();
    tellEach(story, says.started, says.cancelled, says.ended);
    tellEach(story, asterisk('attended'), phone.ended());
    expect(transfers(story).map((line) => line.split(' ', 3).join(' '))).toEqual([
      'user-transfer dora started',
      'user-transfer dora cancelled',
      'user-transfer dora started',
      'user-transfer dora connected',
      'user-call-sent-on dora transfer',
    ]);
  });

  it('has a second leg to the target, and keeps the user talking until both are gone', () => {
    const story = talking();
    const consult = leg('1.3', { role: 'caller', callId: 'call 1.3' });
    story.tell(consult.up, phone.held);
    story.wait(SECOND);
    story.tell(phone.ended());
    expect(story.user(people.dora).talking).toBe(true);
    story.tell(consult.ended());
    expect(story.user(people.dora).talking).toBe(false);
  });

  it("leaves the target's leg in the call that rang, though it is the caller's call now", () => {
    const story = talking();
    const consulted = leg('1.9', { callId: 'call 1.3' }, people.bob);
    const joined = leg('1.9', { callId: 'call 1.1' }, people.bob);
    tellEach(story, consulted.ringing, consulted.up, asterisk('attended'), joined.up);
    tellEach(story, joined.ended());
    expect(told(story.occurrences).filter((line) => line.includes(' bob'))).toEqual([
      'user-call-incoming bob',
      'user-call-arrived bob',
      'user-call-allocated bob',
      'user-call-connected bob',
      'user-call-disconnected bob remote',
    ]);
  });
});

describe('a blind transfer', () => {
  const says = calld('blind');

  it('leaves the user first, and is connected when the target answers', () => {
    const story = talking();
    tellEach(story, says.started, bobsPhone.ringing, says.handedOver, phone.ended());
    expect(transfers(story).at(-1)).toBe(sentOn);
    tellEach(story, bobsPhone.up, says.answered, says.ended);
    expect(transfers(story).at(-1)).toBe(connected);
    expect(transfers(story)).toHaveLength(3);
  });

  it('that nobody answers is cancelled when it has ended for a while', () => {
    const story = talking();
    tellEach(story, bobsPhone.ringing, says.started, says.handedOver, says.ended);
    expect(transfers(story)).toHaveLength(2);
    story.wait(SECOND);
    expect(transfers(story).at(-1)).toBe('user-transfer dora cancelled failed');
  });

  it('by the phone itself is connected when a user of the same call answers', () => {
    const story = talking();
    story.tell(asterisk('blind'), phone.ended());
    story.wait(SECOND);
    expect(transfers(story)).toEqual([
      'user-transfer dora started 1002',
      'user-call-sent-on dora transfer 1002',
    ]);
    tellEach(story, bobsPhone.ringing, bobsPhone.up);
    expect(transfers(story).at(-1)).toBe(connected);
  });

  it('by the phone itself is connected when somebody outside answers', () => {
    const story = talking();
    story.tell(asterisk('blind', { targetNumber: '+1800' }));
    story.wait(SECOND);
    story.tell({ kind: 'call-answered', callId: 'call 1.1', legId: '1.8' });
    expect(transfers(story).at(-1)).toBe('user-transfer dora connected +1800');
  });

  it('is not connected by whoever answered before it', () => {
    const story = talking();
    story.tell({ kind: 'call-answered', callId: 'call 1.1', legId: '1.8' }, bobsPhone.up);
    story.wait(SECOND);
    story.tell(asterisk('blind'));
    story.tell({ kind: 'call-answered', callId: 'call 1.1', legId: '1.8' }, bobsPhone.up);
    expect(transfers(story)).toHaveLength(2);
  });

  it('into a queue is connected when the queue takes the caller in', () => {
    const story = talking();
    story.tell(asterisk('blind', { targetNumber: '3000' }));
    story.wait(SECOND);
    story.tell(callerFacts(CALLER).joined);
    expect(transfers(story).at(-1)).toBe(`user-transfer dora connected ${queueIds.sales}`);
  });

  it('is cancelled when the caller hangs up before anybody answers', () => {
    const story = talking();
    tellEach(story, asterisk('blind'), leg(CALLER).ended());
    expect(transfers(story)).toHaveLength(2);
    story.wait(SECOND);
    expect(transfers(story).at(-1)).toBe('user-transfer dora cancelled caller-gone');
  });

  it('that Asterisk refuses is cancelled, and may be tried again', () => {
    const story = talking();
    const refused = { step: 'failed', transferId: 'Fail 1.2', cause: 'Fail' } as const;
    tellEach(story, asterisk('blind', refused), asterisk('blind'));
    expect(transfers(story)).toEqual([
      'user-transfer dora started 1002',
      'user-transfer dora cancelled failed',
      'user-transfer dora started 1002',
      'user-call-sent-on dora transfer 1002',
    ]);
  });
});

describe("the transfer of a queue's call", () => {
  const call = callerFacts(CALLER);
  const byAnn = asterisk('blind', { transferrerLegIds: ['1.5'] });
  const queueCall = [loggedIn(ann), call.joined, call.offered(ann), call.connected(ann)];

  it('is told of the agent and of the queue', () => {
    const story = new Story();
    tellEach(story, ...queueCall);
    story.tell(byAnn, call.completed(ann, 0, 'local'));
    expect(told(story.occurrences).slice(-4)).toEqual([
      'user-transfer ann started 1002',
      'queue-transfer ann started 1002',
      'user-call-sent-on ann transfer 1002',
      'user-call-disconnected ann local',
    ]);
  });

  it('waits until it is known whose call it is', () => {
    const story = new Story();
    story.tell(byAnn);
    expect(story.occurrences).toEqual([]);
    story.tell(...queueCall.toReversed());
    expect(transfers(story)).toEqual([
      'user-transfer ann started 1002',
      'queue-transfer ann started 1002',
      'user-call-sent-on ann transfer 1002',
    ]);
  });

  it('is not that of the user who had it next, outside the queue', () => {
    const story = new Story();
    tellEach(story, ...queueCall, byAnn, call.completed(ann, 0, 'local'));
    const bobs = leg('1.9', { targetNumber: '1002' }, people.bob);
    tellEach(story, bobs.up, asterisk('blind', { transferrerLegIds: ['1.9'], transferId: '2' }));
    expect(transfers(story).slice(-2)).toEqual([
      'user-transfer bob started 1002',
      'user-call-sent-on bob transfer 1002',
    ]);
  });
});

describe('transfers that are not told', () => {
  it('are those of calls that the user made', () => {
    const story = new Story();
    story.tell(leg('1.2', { role: 'caller' }).up);
    story.tell({ kind: 'call-answered', callId: 'call 1.1', legId: '1.1' });
    tellEach(story, ...Object.values(calld('attended')), asterisk('attended'));
    expect(transfers(story)).toEqual([]);
  });

  it('are those of unknown calls, which are forgotten after ten minutes', () => {
    const story = new Story();
    story.tell(asterisk('blind'), { kind: 'call-answered', callId: 'call 1.1', legId: '1.8' });
    expect(story.center.sizes()).toMatchObject({ transfers: 1 });
    story.wait(10 * 60 * SECOND);
    story.center.sweep(story.now);
    expect(story.center.sizes()).toMatchObject({ transfers: 0 });
    expect(story.occurrences).toEqual([]);
  });
});

describe('what is told of a transfer in any order, some of it twice,', () => {
  const blind = calld('blind');
  const attended = calld('attended');
  const courses: Readonly<Record<string, readonly Fact[]>> = {
    'attended, completed': [
      attended.started,
      bobsPhone.ringing,
      bobsPhone.up,
      attended.answered,
      attended.handedOver,
      asterisk('attended'),
      phone.ended(),
      attended.ended,
    ],
    'attended, taken back after the answer': [
      attended.started,
      bobsPhone.up,
      attended.answered,
      attended.cancelled,
      attended.ended,
    ],
    'attended, never answered': [
      attended.started,
      bobsPhone.ringing,
      attended.cancelled,
      attended.ended,
    ],
    'blind, answered': [
      blind.started,
      blind.handedOver,
      asterisk('blind'),
      phone.ended(),
      bobsPhone.ringing,
      bobsPhone.up,
      blind.answered,
      blind.ended,
    ],
    'blind, by the phone only': [asterisk('blind'), phone.ended(), bobsPhone.ringing, bobsPhone.up],
    'blind, given up by the caller': [
      blind.started,
      blind.handedOver,
      phone.ended(),
      blind.ended,
      leg(CALLER).ended(),
    ],
  };
  // A leg that has ended is not one any more, so what is told of a call only then is not told on.
  const calls = timed([phone.ringing, phone.up], START);

  it.each(Object.entries(courses))('%s, is told once and in its order', (_name, course) => {
    const events = timed(course, START + SECOND);
    const expected = play([...calls, ...events]);
    expect(expected.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(scrambled(events), (order) => {
        expect(play([...calls, ...order])).toEqual(expected);
      }),
      { numRuns: 100 },
    );
    const unended = events.filter((event) => !('legId' in event && event.legId === '1.2'));
    fc.assert(
      fc.property(scrambled([...calls, ...unended]), (order) => {
        expect(play(order)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
