import { beforeEach, describe, expect, it } from 'vitest';
import type { CallbackRepository } from '../../../src/callbacks/callback-repository.js';
import {
  CallbackService,
  type CallbackServiceOptions,
} from '../../../src/callbacks/callback-service.js';
import { MemoryCallbackRepository } from '../../../src/callbacks/memory-callback-repository.js';
import {
  type CallbackChange,
  callbackGuid,
  type CallerUnserved,
} from '../../../src/contact-center/index.js';
import { acme, listId, queueIds } from '../../support/directory-fixture.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const CALL_ID = 'eeeeeeee-0000-4000-8000-000000000001';
const LATER_CALL_ID = 'eeeeeeee-0000-4000-8000-000000000002';
const SECOND_LIST_ID = 'eeeeeeee-0000-4000-8000-000000000031';

type CollectingList = ReturnType<CallbackServiceOptions['listsFor']>[number];

const list: CollectingList = { id: listId, organizationId: acme, channelIn: 'Sales' };

const gaveUp: CallerUnserved = {
  kind: 'caller-gave-up',
  at: NOW,
  queueId: queueIds.sales,
  callId: CALL_ID,
  legId: '1.1',
  callerNumber: '+15551234567',
  callerName: 'Some One',
};

const triedAgain: CallerUnserved = { ...gaveUp, callId: LATER_CALL_ID, at: NOW + 60_000 };

const request = {
  id: callbackGuid(CALL_ID, `${listId}:${queueIds.sales}`),
  callListId: listId,
  organizationId: acme,
  typeId: 2,
  contactNumber: '+15551234567',
  contactName: 'Some One',
  queueId: queueIds.sales,
  channelIn: 'Sales',
  callId: CALL_ID,
  creationTime: NOW,
  modified: NOW,
  isClosed: false,
};

let changes: CallbackChange[];
let repository: MemoryCallbackRepository;

beforeEach(() => {
  changes = [];
  repository = new MemoryCallbackRepository();
});

function serviceFor(lists: readonly CollectingList[], store: CallbackRepository = repository) {
  return new CallbackService({
    repository: store,
    listsFor: ({ queueId }) => (queueId === queueIds.sales ? lists : []),
    listsClosedBy: (queueId) => (queueId === queueIds.sales ? lists.map(({ id }) => id) : []),
    onChanged: (change) => changes.push(change),
  });
}

describe('a caller who gave up', () => {
  it('is put on the list that collects the calls of that queue', async () => {
    await serviceFor([list]).callerUnserved(gaveUp);
    expect(changes).toEqual([{ request, created: true }]);
    expect(await repository.find(request.id)).toEqual(request);
  });

  it('gets the dates that the list sets', async () => {
    const dated = { ...list, dueAfterSeconds: 3_600, expiresAfterSeconds: 7_200 };
    await serviceFor([dated]).callerUnserved(gaveUp);
    const dates = { dueDate: NOW + 3_600_000, expiryDate: NOW + 7_200_000 };
    expect(changes).toEqual([{ request: { ...request, ...dates }, created: true }]);
  });

  it('is put on each of several lists, with a request of its own', async () => {
    await serviceFor([list, { ...list, id: SECOND_LIST_ID }]).callerUnserved(gaveUp);
    expect(changes.map((change) => change.request.callListId)).toEqual([listId, SECOND_LIST_ID]);
    expect(new Set(changes.map((change) => change.request.id)).size).toBe(2);
  });

  it.each([
    ['without a number', { ...gaveUp, callerNumber: '' }],
    ['in a queue whose calls no list collects', { ...gaveUp, queueId: queueIds.support }],
  ])('%s is on no list', async (_what, call) => {
    await serviceFor([list]).callerUnserved(call);
    expect(changes).toEqual([]);
    expect(repository.size).toBe(0);
  });

  it('and is told twice is on the list once', async () => {
    const service = serviceFor([list]);
    await Promise.all([service.callerUnserved(gaveUp), service.callerUnserved(gaveUp)]);
    expect(changes).toHaveLength(1);
    expect(repository.size).toBe(1);
  });

  it('asking to be called back is on the list as that, and stays so', async () => {
    const service = serviceFor([list]);
    await service.callerUnserved(gaveUp);
    await service.callerUnserved({ ...triedAgain, kind: 'callback-asked' });
    const { at, queueId, callerNumber } = triedAgain;
    await service.callerAnswered({ at: at + 1, queueId, callerNumber });
    const asked = { ...request, typeId: 1, callId: LATER_CALL_ID, modified: at };
    expect(changes.slice(1)).toEqual([{ request: asked, created: false }]);
  });

  it('and tries again has the one request changed to the latest call', async () => {
    const service = serviceFor([list]);
    await Promise.all([service.callerUnserved(gaveUp), service.callerUnserved(triedAgain)]);
    const changed = { ...request, callId: LATER_CALL_ID, modified: NOW + 60_000 };
    expect(changes.slice(1)).toEqual([{ request: changed, created: false }]);
    await service.callerUnserved(triedAgain);
    await service.callerUnserved(gaveUp);
    expect(changes).toHaveLength(2);
    expect(repository.size).toBe(1);
  });

  it('and tries again after the request was closed gets a new one', async () => {
    await repository.save({ ...request, typeId: 2, isClosed: true });
    await serviceFor([list]).callerUnserved(triedAgain);
    expect(changes).toMatchObject([{ created: true, request: { callId: LATER_CALL_ID } }]);
  });
});

describe('a caller whom nobody served', () => {
  it.each(['anonymous', 'Restricted', '<unknown>', 'unavailable'])(
    'and whose number reads "%s" is on no list',
    async (callerNumber) => {
      await serviceFor([list]).callerUnserved({ ...gaveUp, callerNumber });
      expect(changes).toEqual([]);
    },
  );

  it('since the queue sent the call on is put on the list as one who gave up is', async () => {
    await serviceFor([list]).callerUnserved({ ...gaveUp, kind: 'overflow-unanswered' });
    expect(changes).toEqual([{ request, created: true }]);
  });

  it('and whose request has expired gets a new one, and the old one is closed', async () => {
    const dated = { ...list, expiresAfterSeconds: 60 };
    const service = serviceFor([dated]);
    await service.callerUnserved(gaveUp);
    await service.callerUnserved(triedAgain);
    const expired = { ...request, expiryDate: NOW + 60_000 };
    expect(changes.slice(1)).toMatchObject([
      { request: { ...expired, modified: NOW + 60_000, isClosed: true }, created: false },
      { request: { callId: LATER_CALL_ID, isClosed: false }, created: true },
    ]);
  });
});

describe('a caller who is answered after all', () => {
  const answered = {
    at: NOW + 60_000,
    queueId: queueIds.sales,
    callerNumber: gaveUp.callerNumber,
  };

  it('needs no callback any more: the request is closed, once', async () => {
    const service = serviceFor([list]);
    await service.callerUnserved(gaveUp);
    await service.callerAnswered(answered);
    await service.callerAnswered({ ...answered, at: NOW + 90_000 });
    const closed = { ...request, modified: NOW + 60_000, isClosed: true };
    expect(changes.slice(1)).toEqual([{ request: closed, created: false }]);
    expect(await repository.findOpen(listId, gaveUp.callerNumber)).toBeUndefined();
  });

  it('has the requests of all lists that the answer closes closed, and of no other', async () => {
    await serviceFor([list, { ...list, id: SECOND_LIST_ID }]).callerUnserved(gaveUp);
    changes = [];
    await serviceFor([{ ...list, id: SECOND_LIST_ID }]).callerAnswered(answered);
    expect(changes.map((change) => change.request.callListId)).toEqual([SECOND_LIST_ID]);
  });

  it.each([
    ['in a queue whose answers close no list', { ...answered, queueId: queueIds.support }],
    ['with another number', { ...answered, callerNumber: '+15550000000' }],
    ['without a number', { ...answered, callerNumber: '' }],
    ['before calling in vain', { ...answered, at: NOW - 1 }],
  ])('%s keeps the request', async (_what, call) => {
    const service = serviceFor([list]);
    await service.callerUnserved(gaveUp);
    await service.callerAnswered(call);
    expect(changes).toHaveLength(1);
  });

  it.each([
    ['asked for', 1],
    ['made by hand', 3],
  ] as const)('keeps the request that was %s', async (_what, typeId) => {
    await repository.save({ ...request, typeId });
    await serviceFor([list]).callerAnswered(answered);
    expect(changes).toEqual([]);
  });

  it('and gives up once more later gets a new request', async () => {
    const service = serviceFor([list]);
    await service.callerUnserved(gaveUp);
    await service.callerAnswered(answered);
    await service.callerUnserved({ ...triedAgain, at: NOW + 120_000 });
    expect(changes.at(-1)).toMatchObject({ created: true, request: { callId: LATER_CALL_ID } });
  });
});

describe('a repository that fails', () => {
  it('fails that call for its own caller only: the next is stored', async () => {
    const fault = new Error('the disk is full');
    let faults = 1;
    const failing: CallbackRepository = {
      find: (id) => repository.find(id),
      findOpen: (callListId, number) => repository.findOpen(callListId, number),
      async save(saved) {
        faults -= 1;
        if (faults >= 0) throw fault;
        await repository.save(saved);
      },
    };
    const service = serviceFor([list], failing);
    const first = service.callerUnserved(gaveUp);
    const second = service.callerUnserved({ ...triedAgain, callerNumber: '+15550000000' });
    await expect(first).rejects.toBe(fault);
    await second;
    expect(changes).toMatchObject([{ created: true, request: { contactNumber: '+15550000000' } }]);
  });
});
