import {
  CallbackService,
  type CallbackRules,
  type StoreState,
} from '../../../src/callbacks/index.js';
import { BLANK_REQUEST } from '../../../src/callbacks/callback-requests.js';
import type { CallbackStore } from '../../../src/callbacks/store/callback-store.js';
import {
  CALLBACK_TYPE,
  type CallbackChangeEvent,
  callbackGuid,
  type CallbackRequest,
  type CallerUnserved,
  type CollectingList,
} from '../../../src/contact-center/index.js';
import { acme, listId, people, queueIds } from '../directory-fixture.js';
import { MemoryCallbackStore } from './memory-store.js';
import { noLogger } from '../no-logger.js';

export const NOW = Date.parse('2026-11-21T10:00:00Z');
export const DAY_MS = 86_400_000;
export const RETENTION_MS = 90 * DAY_MS;

/** Who may not see the list. */
export const STRANGER = 'dddddddd-0000-4000-8000-000000000001';

/** A guid that is easy to tell apart. */
export function guidOf(number: number): string {
  return `eeeeeeee-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const list: CollectingList = { id: listId, organizationId: acme, channelIn: 'Sales' };
export const secondList: CollectingList = { ...list, id: guidOf(31) };

/** A caller who hung up while waiting in Sales. */
export const gaveUp: CallerUnserved = {
  kind: 'caller-gave-up',
  at: NOW,
  queueId: queueIds.sales,
  callId: guidOf(1),
  legId: '1.1',
  callerNumber: '+15551234567',
  callerName: 'Some One',
};

/** The same caller, a minute later. */
export const calledAgain: CallerUnserved = { ...gaveUp, callId: guidOf(2), at: NOW + 60_000 };

/** What that makes of the list. */
export const request: CallbackRequest = {
  ...BLANK_REQUEST,
  id: callbackGuid(gaveUp.callId, `${listId}:${queueIds.sales}`),
  callListId: listId,
  organizationId: acme,
  typeId: CALLBACK_TYPE.overflown,
  contactNumber: '+15551234567',
  contactName: 'Some One',
  queueId: queueIds.sales,
  channelIn: 'Sales',
  callId: gaveUp.callId,
  creationTime: NOW,
  modified: NOW,
};

/** The rules of a directory in which all of Sales goes to the lists, and Ann and Bob may see them. */
export function rulesWith(lists: readonly CollectingList[]): CallbackRules {
  return {
    listsFor: ({ queueId }) => (queueId === queueIds.sales ? lists : []),
    listsAskedFor: (queueId) => (queueId === queueIds.sales ? lists.map(({ id }) => id) : []),
    listsClosedBy: (queueId) => (queueId === queueIds.sales ? lists.map(({ id }) => id) : []),
    findList: (id) => lists.find((one) => one.id === id),
    maySee: (userId, callListId) =>
      [people.ann, people.bob].some((id) => id === userId) &&
      lists.some(({ id }) => id === callListId),
  };
}

/** A service over a store, with what it told. */
export class ServiceUnderTest<Store extends CallbackStore> {
  readonly store: Store;
  readonly service: CallbackService;
  readonly events: CallbackChangeEvent[] = [];
  readonly states: StoreState[] = [];
  /** Its clock, epoch ms. */
  now = NOW;

  constructor(store: Store, lists: readonly CollectingList[] = [list]) {
    this.store = store;
    this.service = new CallbackService({
      store,
      rules: rulesWith(lists),
      retentionMs: RETENTION_MS,
      onEvent: (event) => void this.events.push(event),
      onState: (state) => void this.states.push(state),
      logger: noLogger,
      now: () => this.now,
    });
  }

  /** What changed, without what is new with each event. */
  changes(): { readonly request: CallbackRequest; readonly created: boolean }[] {
    return this.events.map(({ request: changed, created }) => ({ request: changed, created }));
  }

  /** Resolves when all that was asked for is written and told. */
  async settled(): Promise<void> {
    await this.service.flush(10_000);
  }
}

/** A service over a store in memory, open. */
export async function openService(
  lists?: readonly CollectingList[],
): Promise<ServiceUnderTest<MemoryCallbackStore>> {
  const tested = new ServiceUnderTest(new MemoryCallbackStore(), lists);
  await tested.service.open();
  return tested;
}
