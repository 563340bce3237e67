import { describe, expect, it } from 'vitest';
import {
  assignment,
  attemptChange,
  type CallbackWork,
  isDirty,
  noteChange,
  openedWork,
  type WorkStep,
  withStep,
} from '../../../../src/wallboard/me/callback/callback-work.js';
import { differences } from '../../../../src/wallboard/me/callback/difference.js';
import { callback, COLLEAGUE, guidOf, iso, ME, START } from './me-events.js';

const base = callback();
const theirs = callback({
  modified: START + 1000,
  modifiedBy: COLLEAGUE,
  assignedTo: COLLEAGUE,
  note: 'Wants the offer',
});
const typed: WorkStep = { kind: 'note-typed', note: 'Call after five' };

const after = (...steps: readonly WorkStep[]): CallbackWork =>
  steps.reduce(withStep, openedWork(base));

describe('what somebody else did', () => {
  const attempt = { userId: COLLEAGUE, outcome: 'busy', at: START, note: '' } as const;

  it.each([
    ['closed', callback({ isClosed: true }), [{ kind: 'closed' }]],
    ['taken', callback({ assignedTo: ME }), [{ kind: 'assigned', to: ME }]],
    ['tried', callback({ attempts: [attempt] }), [{ kind: 'attempt', attempt }]],
    ['noted', callback({ note: 'x' }), [{ kind: 'note', before: '', after: 'x' }]],
    ['put off', callback({ notBefore: START }), [{ kind: 'not-before', at: START }]],
    ['due', callback({ dueAt: START }), [{ kind: 'due', at: START }]],
    ['expiring', callback({ expiresAt: START }), [{ kind: 'expiry', at: START }]],
    ['of another number', callback({ contactNumber: '1' }), [{ kind: 'contact' }]],
    ['nothing', callback({ modified: START + 1 }), []],
    [
      'several things',
      { ...theirs, isClosed: true },
      [
        { kind: 'closed' },
        { kind: 'assigned', to: COLLEAGUE },
        { kind: 'note', before: '', after: 'Wants the offer' },
      ],
    ],
  ])('%s', (_, now, expected) => {
    expect(differences(base, now)).toEqual(expected);
  });

  it('reopened', () => {
    expect(differences(callback({ isClosed: true }), base)).toEqual([{ kind: 'reopened' }]);
  });
});

describe('working on a request', () => {
  it('is dirty only with something typed that differs', () => {
    expect(isDirty(after())).toBe(false);
    expect(isDirty(after(typed))).toBe(true);
    expect(isDirty(after(typed, { kind: 'note-typed', note: '' }))).toBe(false);
    expect(isDirty(after({ kind: 'attempt-filled-in', attempt: { outcome: 'busy' } }))).toBe(true);
    expect(isDirty(after({ kind: 'attempt-filled-in', attempt: { note: 'x' } }))).toBe(true);
  });

  it('shows at once what others do when nothing is typed', () => {
    const work = after({ kind: 'read', now: base, etag: '"1"' }, { kind: 'told', now: theirs });
    expect(work).toMatchObject({ base: theirs, etag: undefined, conflict: null });
  });

  it('tells what others do when something is typed, and keeps the old ETag', () => {
    const work = after({ kind: 'read', now: base, etag: '"1"' }, typed, {
      kind: 'told',
      now: theirs,
    });
    expect(work).toMatchObject({
      base,
      etag: '"1"',
      note: 'Call after five',
      conflict: { seen: base, theirs, isRefused: false },
    });
  });

  it('goes on from their state once that has been seen', () => {
    const work = after(typed, { kind: 'told', now: theirs }, { kind: 'acknowledged' });
    expect(work).toMatchObject({
      base: theirs,
      etag: undefined,
      note: 'Call after five',
      conflict: null,
    });
  });

  it('keeps what is typed when the change is refused, and says what they did', () => {
    const refused: WorkStep = { kind: 'refused', now: theirs, etag: '"2"' };
    const work = after(typed, { kind: 'sent' }, refused);
    expect(work).toMatchObject({
      base: theirs,
      etag: '"2"',
      note: 'Call after five',
      isBusy: false,
      conflict: { seen: base, theirs, isRefused: true },
    });
  });

  it('says all that they did since it was seen, not only the last of it', () => {
    const later = { ...theirs, modified: START + 2000, assignedTo: null };
    const work = after(
      typed,
      { kind: 'told', now: theirs },
      { kind: 'refused', now: later, etag: '"3"' },
    );
    expect(work.conflict).toEqual({ seen: base, theirs: later, isRefused: true });
  });

  it('does not take the own change for somebody else’s', () => {
    const own = callback({ modified: START + 1000, note: 'Call after five' });
    const done: WorkStep = { kind: 'done', part: 'note', sent: after(typed), now: own };
    const eventFirst = after(typed, { kind: 'sent' }, { kind: 'told', now: own }, done);
    const eventLast = after(typed, { kind: 'sent' }, done, { kind: 'told', now: own });
    expect(eventFirst).toEqual(eventLast);
    expect(eventLast).toMatchObject({ base: own, note: null, isBusy: false, conflict: null });
  });

  it('is not set back by an event from before', () => {
    const work = after({ kind: 'told', now: theirs });
    expect(withStep(work, { kind: 'told', now: base })).toBe(work);
  });

  it('clears only what was sent', () => {
    const filled: WorkStep = { kind: 'attempt-filled-in', attempt: { outcome: 'busy', note: 'x' } };
    const sent = after(typed, filled);
    const work = after(typed, filled, { kind: 'done', part: 'attempt', sent, now: theirs });
    expect(work.note).toBe('Call after five');
    expect(work.attempt).toEqual({ outcome: null, note: '', notBefore: null });
    const given: WorkStep = { kind: 'done', part: 'assignment', sent, now: theirs };
    expect(after(typed, filled, given)).toMatchObject({
      note: 'Call after five',
      attempt: { outcome: 'busy', note: 'x' },
    });
  });

  it('keeps what is typed while the note is on its way', () => {
    const more: WorkStep = { kind: 'note-typed', note: 'Call after five, not before' };
    const own = callback({ modified: START + 1000, note: 'Call after five' });
    const done: WorkStep = { kind: 'done', part: 'note', sent: after(typed), now: own };
    const work = after(typed, { kind: 'sent' }, more, done);
    expect(work).toMatchObject({ base: own, note: 'Call after five, not before' });
    expect(isDirty(work)).toBe(true);
  });

  it('keeps what is typed when a change fails', () => {
    const work = after(typed, { kind: 'sent' }, { kind: 'failed', problem: 'Away.' });
    expect(work).toMatchObject({ note: 'Call after five', isBusy: false, problem: 'Away.' });
  });

  it('loses what is typed only on demand', () => {
    const work = after(typed, { kind: 'told', now: theirs }, { kind: 'discarded' });
    expect(work).toEqual(openedWork(theirs));
  });

  it('knows of no conflict to acknowledge when there is none', () => {
    const work = after(typed);
    expect(withStep(work, { kind: 'acknowledged' })).toBe(work);
  });
});

describe('what is sent', () => {
  const path = `/callbacks/${guidOf(1)}`;

  it('to take a request, and to give it back', () => {
    expect(assignment(base, 'me')).toEqual({
      method: 'patch',
      path,
      body: { AssignedUserId: 'me' },
      part: 'assignment',
    });
    expect(assignment(base, null).body).toEqual({ AssignedUserId: null });
  });

  it('to save the note', () => {
    const expected = { method: 'patch', path, body: { Note: 'Call after five' }, part: 'note' };
    expect(noteChange(after(typed))).toEqual(expected);
  });

  it.each([
    ['answered', '/close', { Attempt: { TypeId: 1, Note: 'x' } }],
    ['no-answer', '/attempts', { TypeId: 2, Note: 'x', NotBefore: iso(60) }],
    ['busy', '/attempts', { TypeId: 3, Note: 'x', NotBefore: iso(60) }],
    ['wrong-number', '/attempts', { TypeId: 4, Note: 'x', NotBefore: iso(60) }],
    ['put-off', '/attempts', { TypeId: 5, Note: 'x', NotBefore: iso(60) }],
    ['given-up', '/close', { Attempt: { TypeId: 6, Note: 'x' } }],
  ] as const)('to tell of an attempt that was %s', (outcome, end, body) => {
    const attempt = { outcome, note: 'x', notBefore: START + 60_000 };
    const work = after({ kind: 'attempt-filled-in', attempt });
    const expected = { method: 'post', path: `${path}${end}`, body, part: 'attempt' };
    expect(attemptChange(work, outcome)).toEqual(expected);
  });

  it('leaves out what is not filled in', () => {
    expect(attemptChange(after(), 'busy').body).toEqual({ TypeId: 3 });
  });
});
