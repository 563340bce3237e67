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
  type CallerGaveUp,
} from '../../../src/contact-center/index.js';
import { acme, listId, queueIds } from '../../support/directory-fixture.js';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const CALL_ID = 'eeeeeeee-0000-4000-8000-000000000001';
const LATER_CALL_ID = 'eeeeeeee-0000-4000-8000-000000000002';
const SECOND_LIST_ID = 'eeeeeeee-0000-4000-8000-000000000031';

type CollectingList = ReturnType<CallbackServiceOptions['listsFor']>[number];

const list: CollectingList = { id: listId, organizationId: acme, channelIn: 'Sales' };

const gaveUp: CallerGaveUp = {
  kind: 'caller-gave-up',
  at: NOW,
  queueId: queueIds.sales,
  callId: CALL_ID,
  legId: '1.1',
  callerNumber: '+15551234567',
  callerName: 'Some One',
};

const triedAgain: CallerGaveUp = { ...gaveUp, callId: LATER_CALL_ID, at: NOW + 60_000 };

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
    listsFor: (queueId) => (queueId === queueIds.sales ? lists : []),
    onChanged: (change) => changes.push(change),
  });
}

describe('a caller who gave up', () => {
  it('is put on the list that collects the calls of that queue', async () => {
    await serviceFor([list]).callerGaveUp(gaveUp);
    expect(changes).toEqual([{ request, created: true }]);
    expect(await repository.find(request.id)).toEqual(request);
  });

  it('gets the dates that the list sets', async () => {
    const dated = { ...list, dueAfterSeconds: 3_600, expiresAfterSeconds: 7_200 };
    await serviceFor([dated]).callerGaveUp(gaveUp);
    const dates = { dueDate: NOW + 3_600_000, expiryDate: NOW + 7_200_000 };
    expect(changes).toEqual([{ request: { ...request, ...dates }, created: true }]);
  });

  it('is put on each of several lists, with a request of its own', async () => {
    await serviceFor([list, { ...list, id: SECOND_LIST_ID }]).callerGaveUp(gaveUp);
    expect(changes.map((change) => change.request.callListId)).toEqual([listId, SECOND_LIST_ID]);
    expect(new Set(changes.map((change) => change.request.id)).size).toBe(2);
  });

  it.each([
    ['without a number', { ...gaveUp, callerNumber: '' }],
    ['in a queue whose calls no list collects', { ...gaveUp, queueId: queueIds.support }],
  ])('%s is on no list', async (_what, call) => {
    await serviceFor([list]).callerGaveUp(call);
    expect(changes).toEqual([]);
    expect(repository.size).toBe(0);
  });

  it('and is told twice is on the list once', async () => {
    const service = serviceFor([list]);
    await Promise.all([service.callerGaveUp(gaveUp), service.callerGaveUp(gaveUp)]);
    expect(changes).toHaveLength(1);
    expect(repository.size).toBe(1);
  });

  it('and tries again has the one request changed to the latest call', async () => {
    const service = serviceFor([list]);
    await Promise.all([service.callerGaveUp(gaveUp), service.callerGaveUp(triedAgain)]);
    const changed = { ...request, callId: LATER_CALL_ID, modified: NOW + 60_000 };
    expect(changes.slice(1)).toEqual([{ request: changed, created: false }]);
    await service.callerGaveUp(triedAgain);
    await service.callerGaveUp(gaveUp);
    expect(changes).toHaveLength(2);
    expect(repository.size).toBe(1);
  });

  it('and tries again after the request was closed gets a new one', async () => {
    await repository.save({ ...request, typeId: 2, isClosed: true });
    await serviceFor([list]).callerGaveUp(triedAgain);
    expect(changes).toMatchObject([{ created: true, request: { callId: LATER_CALL_ID } }]);
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
    const first = service.callerGaveUp(gaveUp);
    const second = service.callerGaveUp({ ...triedAgain, callerNumber: '+15550000000' });
    await expect(first).rejects.toBe(fault);
    await second;
    expect(changes).toMatchObject([{ created: true, request: { contactNumber: '+15550000000' } }]);
  });
});
