import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SupervisionReport } from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { ann, callerFacts, leg, loggedIn, SECOND, START, Story } from './story.js';

type Report = Omit<SupervisionReport, 'at'>;

// Bob (2.1) listens in on Dora, who talks on her phone (1.2).

const dorasPhone = leg('1.2');
const bobsPhone = leg('2.1', { role: 'caller', callId: 'call 2.1' }, people.bob);

function spying(step: Report['step'], changes: Partial<Report> = {}): Report {
  return {
    kind: 'call-supervision',
    step,
    mode: 'listen',
    supervisorLegId: '2.1',
    targetLegId: '1.2',
    supervisorUserIds: [],
    targetUserIds: [],
    ...changes,
  };
}

const about = {
  kind: 'supervision-changed',
  targetId: people.dora,
  supervisorId: people.bob,
  callId: 'call 1.1',
  queueId: null,
  legId: '1.2',
  supervisorLegId: '2.1',
};

function supervisions(story: Story): object[] {
  return story.occurrences.filter(({ kind }) => kind === 'supervision-changed');
}

/** Dora talks, and Bob has dialled into the supervision. */
function talking(): Story {
  const story = new Story();
  story.tell(dorasPhone.up, bobsPhone.up);
  story.wait(SECOND);
  return story;
}

describe('a supervision', () => {
  it('is told from its begin to its end', () => {
    const story = talking();
    story.tell(spying('started', { mode: 'barge' }));
    story.wait(SECOND);
    story.tell(spying('stopped', { mode: 'barge' }));
    expect(supervisions(story)).toEqual([
      { ...about, at: START + SECOND, state: 'barge' },
      { ...about, at: START + 2 * SECOND, state: 'none' },
    ]);
  });

  it('is told once, in any order of what is told of it, some of it twice', () => {
    const facts = [
      { ...dorasPhone.up, at: START },
      { ...bobsPhone.up, at: START + 200 },
      { ...spying('started'), at: START + 400 },
      { ...spying('stopped'), at: START + 600 },
    ];
    const shuffled = fc
      .subarray(facts)
      .chain((twice) =>
        fc.shuffledSubarray([...facts, ...twice], { minLength: facts.length + twice.length }),
      );
    fc.assert(
      fc.property(shuffled, (events) => {
        const story = new Story();
        for (const event of events) story.apply(event);
        story.wait(10 * SECOND);
        expect(supervisions(story)).toMatchObject([
          { targetId: people.dora, supervisorId: people.bob, state: 'listen' },
          { targetId: people.dora, supervisorId: people.bob, state: 'none' },
        ]);
      }),
    );
  });

  it.each(['1.2', '2.1'])('ends with the leg %s, though nobody says so', (legId) => {
    const story = talking();
    story.tell(spying('started'), { kind: 'channel-ended', legId }, spying('stopped'));
    expect(supervisions(story)).toMatchObject([{ state: 'listen' }, { state: 'none' }]);
  });

  it('may be taken up again by the same legs', () => {
    const story = talking();
    for (const step of ['started', 'stopped', 'started', 'stopped'] as const) {
      story.tell(spying(step));
      story.wait(SECOND);
    }
    expect(supervisions(story)).toHaveLength(4);
  });

  it('of a phone that no leg was told of is that of its only user', () => {
    const story = new Story();
    const byName = { supervisorUserIds: [people.bob], targetUserIds: [people.dora] };
    story.tell(spying('started', { ...byName, callId: 'call 1.1' }));
    expect(supervisions(story)).toEqual([{ ...about, at: START, state: 'listen' }]);
  });

  it('by somebody who is no user is told of its target after a while', () => {
    const story = new Story();
    story.tell(dorasPhone.up, spying('started'));
    expect(supervisions(story)).toEqual([]);
    expect(story.center.nextDeadline(story.now)).toBe(START + 2 * SECOND);
    story.wait(2 * SECOND);
    expect(supervisions(story)).toEqual([
      { ...about, supervisorId: null, at: START, state: 'listen' },
    ]);
  });

  it("of an agent's call is one of the queue that offered it", () => {
    const story = new Story();
    const call = callerFacts('1.1');
    const phone = leg('1.5', {}, people.ann);
    story.tell(loggedIn(ann), call.joined, call.offered(ann), phone.ringing, call.connected(ann));
    story.tell(phone.up, bobsPhone.up, spying('started', { targetLegId: '1.5' }));
    expect(supervisions(story)).toMatchObject([
      { targetId: people.ann, queueId: queueIds.sales, callId: 'call 1.1' },
    ]);
  });

  it('of nobody known is not told, and forgotten after a day at the latest', () => {
    const story = new Story();
    story.tell(spying('started'), spying('stopped', { targetLegId: '1.8' }));
    story.wait(60 * SECOND);
    expect(story.occurrences).toEqual([]);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
    expect(story.center.sizes()).toMatchObject({ supervisions: 2 });
    story.center.sweep(story.now + 10 * 60 * SECOND);
    expect(story.center.sizes()).toMatchObject({ supervisions: 1 });
    story.center.sweep(story.now + 24 * 3_600 * SECOND);
    expect(story.center.sizes()).toMatchObject({ supervisions: 0 });
  });
});
