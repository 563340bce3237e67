import { beforeEach, describe, expect, it } from 'vitest';
import {
  CALLBACK_LIMITS,
  type CallbackDraft,
  type CallbackPatch,
  type ChangeTarget,
  formatCursor,
  parseCursor,
} from '../../../src/callbacks/index.js';
import { ATTEMPT_TYPE, CALLBACK_TYPE } from '../../../src/contact-center/index.js';
import { listId, people, queueIds } from '../../support/directory-fixture.js';
import type { MemoryCallbackStore } from '../../support/callback-store/memory-store.js';
import {
  calledAgain,
  gaveUp,
  guidOf,
  list,
  NOW,
  openService,
  request,
  type ServiceUnderTest,
  STRANGER,
} from '../../support/callback-store/fixture.js';

const LATER = NOW + 60_000;
const HOUR_MS = 3_600_000;
const TOO_LONG = 'x'.repeat(CALLBACK_LIMITS.text + 1);
const TOO_LONG_NOTE = 'x'.repeat(CALLBACK_LIMITS.longText + 1);
const NO_GUID = 'no guid';

let tested: ServiceUnderTest<MemoryCallbackStore>;

beforeEach(async () => {
  tested = await openService();
  await tested.service.callerUnserved(gaveUp);
  await tested.settled();
  tested.events.length = 0;
  tested.now = LATER;
});

/** The request that the caller made, changed by Ann. */
const target: ChangeTarget = { id: request.id, expectedVersion: 1, by: people.ann };
/** What every change of hers leaves. */
const changedByAnn = { ...request, version: 2, modified: LATER, lastModifiedUserId: people.ann };
const draft: CallbackDraft = { callListId: listId, contactNumber: '+15550000001' };
const noAnswer = { typeId: ATTEMPT_TYPE.noAnswer } as const;
const ANY_ID: unknown = expect.stringMatching(/^[\da-f-]{36}$/u);

function extrasOf(count: number) {
  return Array.from({ length: count }, () => ({ name: 'a', value: 'b' }));
}

describe('an update', () => {
  const everything: CallbackPatch = {
    contactNumber: '+1999',
    contactName: 'Another',
    contactMessage: 'please',
    note: 'a note',
    recordingId: guidOf(71),
    transcriptId: guidOf(72),
    classificationId: guidOf(73),
    priority: 'high',
    assignedUserId: people.bob,
    notBefore: LATER,
    dueDate: LATER + HOUR_MS,
    expiryDate: LATER + 2 * HOUR_MS,
    extras: [{ name: 'contract', value: '42' }],
  };

  it('changes what it names, tells so once, and says who did it', async () => {
    const outcome = await tested.service.update(target, everything);
    const changed = { ...changedByAnn, ...everything };
    expect(outcome).toEqual({ kind: 'changed', request: changed });
    await tested.settled();
    expect(tested.changes()).toEqual([{ request: changed, created: false }]);
    expect(await tested.service.find(request.id)).toEqual(changed);
  });

  it('leaves the rest, also what is named as undefined, and takes back by null', async () => {
    await tested.service.update(target, everything);
    const back = { assignedUserId: null, dueDate: null, note: undefined };
    await tested.service.update({ ...target, expectedVersion: 2 }, back);
    expect(await tested.service.find(request.id)).toEqual({
      ...changedByAnn,
      ...everything,
      version: 3,
      assignedUserId: null,
      dueDate: null,
    });
  });

  it('that changes nothing makes no version and no event', async () => {
    const outcome = await tested.service.update(target, { note: '', assignedUserId: null });
    expect(outcome).toEqual({ kind: 'changed', request });
    await tested.settled();
    expect(tested.events).toEqual([]);
  });

  it('for a version that is no more is refused with the one there is', async () => {
    await tested.service.update(target, { note: 'first' });
    const outcome = await tested.service.update(target, { note: 'second' });
    const kept = { ...changedByAnn, note: 'first' };
    expect(outcome).toEqual({ kind: 'version-conflict', request: kept });
  });

  it('without a version takes any', async () => {
    await tested.service.update(target, { note: 'first' });
    const anyVersion = { ...target, expectedVersion: undefined };
    expect(await tested.service.update(anyVersion, { note: 'second' })).toMatchObject({
      kind: 'changed',
      request: { note: 'second', version: 3 },
    });
  });

  it('of many at once is made once: all others conflict', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        tested.service.update(target, { note: String(index) }),
      ),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'changed',
      ...Array.from({ length: 49 }, () => 'version-conflict'),
    ]);
  });

  it('of a request that is not there says so', async () => {
    const nobody = { ...target, id: guidOf(99) };
    expect(await tested.service.update(nobody, {})).toEqual({ kind: 'not-found' });
  });

  it('to a number that another open request of the list has is refused with that one', async () => {
    const other = await tested.service.create(draft, null);
    const outcome = await tested.service.update(target, { contactNumber: '+1 555 0000001' });
    expect(outcome).toMatchObject({ kind: 'duplicate' });
    expect(outcome).toMatchObject('request' in other ? { request: other.request } : {});
  });

  it.each<[string, CallbackPatch, string, string]>([
    ['no number', { contactNumber: 'anonymous' }, 'contactNumber', 'must be a number to call'],
    ['a long number', { contactNumber: `1${TOO_LONG}` }, 'contactNumber', '256 characters'],
    ['a long name', { contactName: TOO_LONG }, 'contactName', '256 characters'],
    ['a long priority', { priority: TOO_LONG }, 'priority', '256 characters'],
    ['a long note', { note: TOO_LONG_NOTE }, 'note', '4000 characters'],
    ['a long message', { contactMessage: TOO_LONG_NOTE }, 'contactMessage', '4000 characters'],
    ['a NUL', { note: 'a\0b' }, 'note', 'NUL'],
    ['no recording', { recordingId: NO_GUID }, 'recordingId', 'guid'],
    ['no transcript', { transcriptId: NO_GUID }, 'transcriptId', 'guid'],
    ['no classification', { classificationId: NO_GUID }, 'classificationId', 'guid'],
    ['no time', { dueDate: 0.5 }, 'dueDate', 'time'],
    ['a time before 1970', { notBefore: -1 }, 'notBefore', 'time'],
    ['a time no date can tell', { expiryDate: 9e15 }, 'expiryDate', 'time'],
    ['many extras', { extras: extrasOf(51) }, 'extras', '50 at most'],
    ['a long extra', { extras: [{ name: 'a', value: TOO_LONG_NOTE }] }, 'extras.0.value', '4000'],
    ['a stranger', { assignedUserId: STRANGER }, 'assignedUserId', 'may see the call list'],
    ['due too early', { notBefore: LATER, dueDate: NOW }, 'dueDate', 'not be before notBefore'],
    ['due too late', { dueDate: LATER, expiryDate: NOW }, 'expiryDate', 'not be before dueDate'],
  ])('with %s is refused with the field and the reason', async (_what, patch, field, problem) => {
    const outcome = await tested.service.update(target, patch);
    expect(outcome).toMatchObject({ kind: 'invalid' });
    expect('faults' in outcome ? outcome.faults : []).toContainEqual({
      field,
      problem: expect.stringContaining(problem) as unknown,
    });
    expect(await tested.service.find(request.id)).toEqual(request);
  });

  it('with several faults names all of them', async () => {
    const patch = { contactNumber: '', note: TOO_LONG_NOTE, assignedUserId: STRANGER };
    const outcome = await tested.service.update(target, patch);
    const faults = 'faults' in outcome ? outcome.faults : [];
    expect(faults.map(({ field }) => field)).toEqual(['contactNumber', 'note', 'assignedUserId']);
  });
});

describe('an attempt', () => {
  it('is kept with who made it and when, unless that is said', async () => {
    await tested.service.addAttempt(target, { ...noAnswer, note: 'nobody there' });
    const said = { userId: people.bob, timestamp: NOW, callId: guidOf(81) };
    const second = { ...target, expectedVersion: 2 };
    await tested.service.addAttempt(second, { typeId: ATTEMPT_TYPE.busy, ...said });
    const { attempts = [] } = (await tested.service.find(request.id)) ?? {};
    expect(attempts).toEqual([
      {
        id: ANY_ID,
        userId: people.ann,
        typeId: 2,
        timestamp: LATER,
        note: 'nobody there',
        callId: null,
      },
      { id: ANY_ID, typeId: 3, note: '', ...said },
    ]);
  });

  it.each([
    ['answered', true],
    ['noAnswer', false],
    ['busy', false],
    ['wrongNumber', false],
    ['putOff', false],
    ['closedWithoutContact', true],
  ] as const)('that is %s closes the request: %s', async (type, isClosed) => {
    const outcome = await tested.service.addAttempt(target, { typeId: ATTEMPT_TYPE[type] });
    expect(outcome).toMatchObject({ kind: 'changed', request: { isClosed } });
  });

  it('can put the request off', async () => {
    const putOff = { typeId: ATTEMPT_TYPE.putOff, notBefore: LATER + HOUR_MS };
    const outcome = await tested.service.addAttempt(target, putOff);
    expect(outcome).toMatchObject({ request: { notBefore: LATER + HOUR_MS } });
  });

  it('after a hundred others is refused', async () => {
    const anyVersion = { ...target, expectedVersion: undefined };
    for (let count = 0; count < CALLBACK_LIMITS.attempts; count += 1) {
      await tested.service.addAttempt(anyVersion, noAnswer);
    }
    const outcome = await tested.service.addAttempt(anyVersion, noAnswer);
    expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field: 'attempts' }] });
  });

  it.each([
    ['userId', { userId: NO_GUID }],
    ['callId', { callId: NO_GUID }],
    ['timestamp', { timestamp: -1 }],
    ['notBefore', { notBefore: -1 }],
    ['note', { note: TOO_LONG_NOTE }],
  ])('with a wrong %s is refused', async (field, wrong) => {
    const outcome = await tested.service.addAttempt(target, { ...noAnswer, ...wrong });
    expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field }] });
  });
});

describe('closing', () => {
  it('keeps the attempt and the classification, and is told', async () => {
    const classificationId = guidOf(82);
    const closing = { attempt: { ...noAnswer, note: 'gone' }, classificationId };
    await tested.service.close(target, closing);
    await tested.settled();
    expect(tested.changes()).toMatchObject([
      {
        created: false,
        request: {
          ...changedByAnn,
          isClosed: true,
          classificationId,
          attempts: [{ note: 'gone' }],
        },
      },
    ]);
  });

  it('names what is wrong with its attempt', async () => {
    const outcome = await tested.service.close(target, {
      attempt: { ...noAnswer, callId: NO_GUID },
    });
    expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field: 'attempt.callId' }] });
  });

  it('ends all changes but reopening', async () => {
    await tested.service.close(target, {});
    const closed = { ...target, expectedVersion: 2 };
    const outcomes = [
      await tested.service.update(closed, { note: 'late' }),
      await tested.service.addAttempt(closed, noAnswer),
      await tested.service.close(closed, {}),
    ];
    expect(outcomes.map(({ kind }) => kind)).toEqual(['closed', 'closed', 'closed']);
    expect(await tested.service.reopen(closed)).toMatchObject({
      kind: 'changed',
      request: { isClosed: false, version: 3, lastModifiedUserId: people.ann },
    });
  });
});

describe('reopening', () => {
  it('an open request changes nothing', async () => {
    expect(await tested.service.reopen(target)).toEqual({ kind: 'changed', request });
  });

  it.each([
    ['that has passed goes', LATER - 1, null],
    ['that is to come stays', LATER + 1, LATER + 1],
  ])('a request: an expiry %s', async (_what, expiryDate, expected) => {
    tested.store.requests.set(request.id, { ...request, isClosed: true, expiryDate });
    const outcome = await tested.service.reopen(target);
    expect(outcome).toMatchObject({ kind: 'changed', request: { expiryDate: expected } });
  });

  it('is refused when the caller is on the list again', async () => {
    await tested.service.close(target, {});
    await tested.service.callerUnserved(calledAgain);
    const outcome = await tested.service.reopen({ ...target, expectedVersion: 2 });
    expect(outcome).toMatchObject({ kind: 'duplicate', request: { callId: calledAgain.callId } });
  });
});

describe('a request made by hand', () => {
  it('has what was said, the dates of the list, and is told as new', async () => {
    tested = await openService([{ ...list, dueAfterSeconds: 60, expiresAfterSeconds: 120 }]);
    tested.now = LATER;
    const said = { contactName: 'New', note: 'from the fair', queueId: queueIds.sales };
    const outcome = await tested.service.create({ ...draft, ...said }, people.ann);
    const made = {
      ...said,
      id: ANY_ID,
      callListId: listId,
      contactNumber: draft.contactNumber,
      typeId: CALLBACK_TYPE.manual,
      version: 1,
      creationTime: LATER,
      modified: LATER,
      lastModifiedUserId: null,
      dueDate: LATER + 60_000,
      expiryDate: LATER + 120_000,
      isClosed: false,
    };
    expect(outcome).toMatchObject({ kind: 'created', request: made });
    await tested.settled();
    expect(tested.changes()).toMatchObject([{ request: made, created: true }]);
  });

  it('that asks for another date than that of the list gets it, or none', async () => {
    tested = await openService([{ ...list, dueAfterSeconds: 60, expiresAfterSeconds: 120 }]);
    const dates = { dueDate: NOW + 5, expiryDate: null };
    expect(await tested.service.create({ ...draft, ...dates }, null)).toMatchObject({
      request: dates,
    });
  });

  it('for somebody who is on the list joins that request, and is owed the call when asked', async () => {
    const again = {
      ...draft,
      contactNumber: request.contactNumber,
      contactName: 'Not Heard',
      contactMessage: 'call me',
      typeId: CALLBACK_TYPE.explicit,
      callId: guidOf(83),
    };
    const outcome = await tested.service.create(again, people.ann);
    const joined = {
      ...changedByAnn,
      typeId: CALLBACK_TYPE.explicit,
      contactMessage: 'call me',
      relatedItems: [
        {
          callBackId: ANY_ID,
          callListId: listId,
          relation: 'repeated-request',
          callId: guidOf(83),
          at: LATER,
        },
      ],
    };
    expect(outcome).toEqual({ kind: 'joined', request: joined });
    await tested.settled();
    expect(tested.changes()).toEqual([{ request: joined, created: false }]);
  });

  it('in a list that is none, with other faults, names all of them', async () => {
    const wrong = { callListId: guidOf(98), contactNumber: 'x', callId: NO_GUID };
    const outcome = await tested.service.create({ ...wrong, channelIn: TOO_LONG }, null);
    const faults = 'faults' in outcome ? outcome.faults : [];
    expect(faults.map(({ field }) => field)).toEqual([
      'callListId',
      'contactNumber',
      'channelIn',
      'callId',
    ]);
  });

  it.each([
    ['assigned to a stranger', { assignedUserId: STRANGER }, 'assignedUserId'],
    ['due after it expires', { dueDate: NOW + 2, expiryDate: NOW + 1 }, 'expiryDate'],
  ])('%s is refused', async (_what, wrong, field) => {
    const outcome = await tested.service.create({ ...draft, ...wrong }, null);
    expect(outcome).toMatchObject({ kind: 'invalid', faults: [{ field }] });
  });
});

describe('a list', () => {
  it('is read page by page in the order of creation, whatever changes meanwhile', async () => {
    for (let count = 1; count <= 4; count += 1) {
      tested.now = LATER + count;
      await tested.service.create({ ...draft, contactNumber: `+1888${String(count)}` }, null);
    }
    const query = { callListIds: [listId], limit: 2 };
    const first = await tested.service.list(query);
    await tested.service.update(target, { note: 'changed meanwhile' });
    const second = await tested.service.list({ ...query, after: first.next });
    const third = await tested.service.list({ ...query, after: second.next });
    const numbers = [first, second, third].map(({ requests }) =>
      requests.map(({ contactNumber }) => contactNumber),
    );
    expect(numbers).toEqual([[request.contactNumber, '+18881'], ['+18882', '+18883'], ['+18884']]);
    expect(third.next).toBeUndefined();
  });
});

describe('a cursor', () => {
  it('gives back the place that it was made of', () => {
    const place = { creationTime: NOW, id: guidOf(1) };
    expect(parseCursor(formatCursor(place))).toEqual(place);
  });

  it.each([
    ['', 'no text'],
    ['!!', 'no base64'],
    [Buffer.from(`${String(NOW)} x`).toString('base64url'), 'no guid'],
    [Buffer.from(`x ${guidOf(1)}`).toString('base64url'), 'no time'],
    [Buffer.from(`1 ${guidOf(1)} 2`).toString('base64url'), 'too much'],
  ])('"%s" is none: %s', (cursor) => {
    expect(parseCursor(cursor)).toBeUndefined();
  });
});
