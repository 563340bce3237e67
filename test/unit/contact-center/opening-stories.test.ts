import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/contact-center/index.js';
import { queueIds } from '../../support/directory-fixture.js';
import { ann, callerFacts, loggedIn, loggedOff, SECOND, START, Story } from './story.js';

const HOUR = 3_600 * SECOND;

/** Stories begin at ten: open from nine to eleven. */
const morning: Schedule = { timeZone: 'UTC', open: [{ from: 9 * 60, to: 11 * 60 }], closed: [] };
const night: Schedule = { timeZone: 'UTC', open: [{ from: 0, to: 60 }], closed: [] };

function storyWith(schedule?: Schedule): Story {
  const story = new Story();
  const rules = { id: queueIds.sales, ...(schedule === undefined ? {} : { schedule }) };
  expect(story.center.setQueueRules([rules], story.now).states).toEqual([]);
  return story;
}

describe('the open status of a queue', () => {
  it.each([
    ['without hours', undefined, { told: 0, served: 6, deserted: 1 }],
    ['within its hours', morning, { told: 0, served: 5, deserted: 1 }],
    ['outside its hours', night, { told: 0, served: 3, deserted: 3 }],
  ])('%s', (_when, schedule, expected) => {
    const story = storyWith(schedule);
    const told = story.queue().openStatus;
    story.tell(loggedIn(ann));
    const served = story.queue().openStatus;
    story.tell(loggedOff(ann));
    expect({ told, served, deserted: story.queue().openStatus }).toEqual(expected);
  });

  it.each([
    ['open, by its system', { isOpen: true }, { told: 0, served: 5, deserted: 1 }],
    ['closed, by its system', { isOpen: false }, { told: 0, served: 3, deserted: 3 }],
    [
      'open outside its hours',
      { isOpen: true, schedule: night },
      { told: 0, served: 3, deserted: 3 },
    ],
    [
      'closed within its hours',
      { isOpen: false, schedule: morning },
      { told: 0, served: 5, deserted: 1 },
    ],
  ])('%s', (_when, rules, expected) => {
    const story = new Story();
    expect(story.center.setQueueRules([{ id: queueIds.sales, ...rules }], 0).states).toEqual([]);
    const told = story.queue().openStatus;
    story.tell(loggedIn(ann));
    const served = story.queue().openStatus;
    story.tell(loggedOff(ann));
    expect({ told, served, deserted: story.queue().openStatus }).toEqual(expected);
  });

  it('reads differently when the system says otherwise, and only then', () => {
    const story = storyWith();
    story.tell(loggedIn(ann));
    const say = (isOpen?: boolean) => {
      const rules = { id: queueIds.sales, ...(isOpen === undefined ? {} : { isOpen }) };
      const changed = story.center.setQueueRules([rules], story.now).states;
      return [changed.length, story.queue().openStatus];
    };
    expect([true, true, false, undefined].map(say)).toEqual([
      [1, 5],
      [0, 5],
      [1, 3],
      [1, 6],
    ]);
  });

  it('changes at the very end of the hours', () => {
    const story = storyWith(morning);
    story.tell(loggedIn(ann));
    let now = START;
    let changes = story.center.tick(now);
    for (let looks = 0; looks < 100 && changes.states.length === 0; looks += 1) {
      now = story.center.nextDeadline(now) ?? Number.NaN;
      expect(story.center.queueStatus(queueIds.sales, now - 1).openStatus).toBe(5);
      changes = story.center.tick(now);
    }
    expect(changes.states).toEqual([{ kind: 'queue-status', queueId: queueIds.sales }]);
    expect(now).toBe(START + HOUR);
    expect(story.center.queueStatus(queueIds.sales, now).openStatus).toBe(3);
  });

  it('of a queue that nobody has told of is not told', () => {
    const story = storyWith(morning);
    expect(story.center.tick(START + 2 * HOUR).states).toEqual([]);
  });

  it('reads differently when the hours are laid down anew, and only then', () => {
    const story = storyWith(morning);
    story.tell(callerFacts('1.1').joined, loggedIn(ann));
    const setRules = (schedule?: Schedule) =>
      story.center.setQueueRules([{ id: queueIds.sales, ...(schedule && { schedule }) }], story.now)
        .states;
    const changed = [{ kind: 'queue-status', queueId: queueIds.sales }];
    expect(setRules({ ...morning })).toEqual([]);
    expect(setRules(night)).toEqual(changed);
    expect(story.queue().openStatus).toBe(3);
    expect(setRules()).toEqual(changed);
    expect(story.queue().openStatus).toBe(6);
    expect(story.center.nextDeadline(story.now)).toBeUndefined();
  });
});
