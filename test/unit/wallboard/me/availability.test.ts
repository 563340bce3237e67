import { describe, expect, it } from 'vitest';
import {
  type Availability,
  type AvailabilityAnswer,
  availabilityOf,
  bodyOf,
  endOf,
} from '../../../../src/wallboard/me/availability/availability.js';
import {
  type AvailabilityState,
  type AvailabilityStep,
  NO_AVAILABILITY,
  shownName,
  withAvailability,
} from '../../../../src/wallboard/me/availability/availability-state.js';
import { guidOf, iso, START } from './me-events.js';

const answer: AvailabilityAnswer = {
  Id: guidOf(7),
  Availability: 'DoNotDisturb',
  EventSource: 'wallboard',
  Note: 'Lunch',
  StartTime: iso(0),
  EndTime: iso(1800),
};
const dnd = availabilityOf(answer);
const free: Availability = { ...dnd, id: null, name: 'Available', note: '', until: null };

describe('an availability as REST tells it', () => {
  it('has the times in epoch ms', () => {
    const { id, name, note, source, since, until } = dnd;
    expect({ id, name, note, source }).toEqual({
      id: guidOf(7),
      name: 'DoNotDisturb',
      note: 'Lunch',
      source: 'wallboard',
    });
    expect([since, until]).toEqual([START, START + 1_800_000]);
  });

  it('has no id when a telephony system said it, and no time where the contract has none', () => {
    const told = availabilityOf({
      ...answer,
      Id: '00000000-0000-0000-0000-000000000000',
      StartTime: '0001-01-01T00:00:00Z',
      EndTime: '9999-12-31T23:59:59.9999999Z',
    });
    expect(told).toMatchObject({ id: null, since: null, until: null });
  });
});

describe('a choice', () => {
  it('is sent with its note and its end', () => {
    expect(bodyOf({ name: 'Busy', note: 'Meeting', until: START })).toEqual({
      Availability: 'Busy',
      Note: 'Meeting',
      EventSource: 'wallboard',
      EndTime: iso(0),
    });
  });

  it('is sent without an end when it has none', () => {
    expect(bodyOf({ name: 'Busy', note: '', until: null })).not.toHaveProperty('EndTime');
  });

  it.each([
    ['open', null],
    ['15m', START + 900_000],
    ['30m', START + 1_800_000],
    ['1h', START + 3_600_000],
  ] as const)('of %s ends at %s', (duration, end) => {
    expect(endOf(duration, START)).toBe(end);
  });

  it('for today ends at the next midnight where the browser is', () => {
    const end = new Date(endOf('today', START) ?? 0);
    expect([end.getHours(), end.getMinutes(), end.getSeconds()]).toEqual([0, 0, 0]);
    expect(end.getTime() - START).toBeGreaterThan(0);
    expect(end.getTime() - START).toBeLessThanOrEqual(25 * 3_600_000);
  });
});

describe('setting it', () => {
  const wished: AvailabilityStep = {
    kind: 'wished',
    choice: { name: 'DoNotDisturb', note: 'Lunch', until: dnd.until },
  };
  const done: AvailabilityStep = { kind: 'done', held: dnd };
  const told: AvailabilityStep = { kind: 'told', held: dnd };
  const after = (...steps: readonly AvailabilityStep[]): AvailabilityState =>
    steps.reduce(withAvailability, { ...NO_AVAILABILITY, held: free });

  it('shows the wish until it is confirmed', () => {
    expect(shownName(after(wished))).toBe('DoNotDisturb');
    expect(after(wished, done).wish).not.toBeNull();
  });

  it.each<[string, readonly AvailabilityStep[]]>([
    ['the answer and then the event', [wished, done, told]],
    ['the event and then the answer', [wished, told, done]],
    ['an older event, the event, the answer', [wished, { kind: 'told', held: free }, told, done]],
    ['the event twice', [wished, told, done, told]],
  ])('is confirmed by %s', (_, steps) => {
    expect(after(...steps)).toEqual({ held: dnd, wish: null, problem: '', unread: '' });
  });

  it('is not confirmed by what was told before', () => {
    const state = after(wished, { kind: 'told', held: free });
    expect(shownName(state)).toBe('DoNotDisturb');
    expect(state.wish).not.toBeNull();
  });

  it('ends with what the hub tells, which may be another one', () => {
    const other = { ...dnd, id: guidOf(8), name: 'Busy' as const };
    expect(shownName(after(wished, done, { kind: 'told', held: other }))).toBe('Busy');
  });

  it('is over at once when the answer says that all stays as it was', () => {
    const phone = { ...dnd, id: null };
    expect(after({ kind: 'told', held: phone }, wished, { kind: 'done', held: phone })).toEqual({
      held: phone,
      wish: null,
      problem: '',
      unread: '',
    });
  });

  it('goes back and says why when it is refused, until that is read or tried again', () => {
    const failed = after(wished, { kind: 'failed', problem: 'No.' });
    expect(failed).toMatchObject({ held: free, wish: null, problem: 'No.' });
    expect(withAvailability(failed, { kind: 'dismissed' }).problem).toBe('');
    expect(withAvailability(failed, wished).problem).toBe('');
  });

  it('is taken back: what held stays marked until the hub tells what holds then', () => {
    const ending: readonly AvailabilityStep[] = [told, { kind: 'wished', choice: null }];
    expect(shownName(after(...ending))).toBe('DoNotDisturb');
    const ended = after(...ending, { kind: 'done', held: undefined }, { kind: 'told', held: free });
    expect(ended).toEqual({ held: free, wish: null, problem: '', unread: '' });
    const eventFirst = after(
      ...ending,
      { kind: 'told', held: free },
      { kind: 'done', held: undefined },
    );
    expect(eventFirst).toEqual(ended);
  });

  it('goes on while what holds cannot be read, which is said until it can', () => {
    const unread: AvailabilityStep = { kind: 'unread', problem: 'Away.' };
    expect(after(wished, unread)).toMatchObject({ unread: 'Away.', problem: '' });
    expect(shownName(after(wished, unread))).toBe('DoNotDisturb');
    expect(after(wished, unread, told, done).unread).toBe('');
  });

  it('an answer that nobody waits for changes nothing', () => {
    expect(after(done)).toEqual({ held: free, wish: null, problem: '', unread: '' });
  });
});
