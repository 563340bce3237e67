import { effect } from '@preact/signals';
import { beforeEach, describe, expect, it } from 'vitest';
import { BoardStore } from '../../../../src/wallboard/board/live/board-store.js';
import { callbackEntry } from '../../../../src/wallboard/board/model/callback-book.js';
import { eventData, freeStatus, LIST, NOON, QUEUE, USER } from './events.js';
import { ManualFrames } from './frames.js';

const OTHER = 'aaaaaaaa-0000-4000-8000-000000000043';

describe('what the board has been told', () => {
  let frames: ManualFrames;
  let store: BoardStore;

  beforeEach(() => {
    frames = new ManualFrames();
    store = new BoardStore(frames.ask);
  });

  it('is shown with the next frame, and a burst is one change', () => {
    const shown: (number | undefined)[] = [];
    effect(() => {
      shown.push(store.queue(QUEUE).value?.waiting);
    });
    for (let waiting = 1; waiting <= 500; waiting += 1) {
      store.takeQueueStatus(eventData('QueueStatus', { nbrOfNotServedRequesters: waiting }));
    }
    expect(shown).toEqual([undefined]);
    expect(store.lastTold(QUEUE)?.waiting).toBe(500);
    frames.next();
    expect(shown).toEqual([undefined, 500]);
    expect(frames.asked).toBe(1);
  });

  it('changes only the agent who was told of', () => {
    let changes = 0;
    effect(() => {
      void store.agent(OTHER).value;
      changes += 1;
    });
    store.takeUserStatus(freeStatus());
    frames.next();
    expect(store.agent(USER).value.state).toBe('available');
    expect(changes).toBe(1);
  });

  it('changes nothing that is shown already', () => {
    let changes = 0;
    effect(() => {
      void store.agent(USER).value;
      changes += 1;
    });
    store.takeUserStatus(freeStatus());
    frames.next();
    store.takeUserStatus(freeStatus({ parkedCalls: 2 }, NOON + 5_000));
    frames.next();
    expect(changes).toBe(2);
  });

  it('says when agents are in other groups, and not when only their state changed', () => {
    const groups: string[] = [];
    store.agent(USER);
    effect(() => {
      groups.push(store.groups.value(USER));
    });
    const show = (fields: object): void => {
      store.takeUserStatus(freeStatus(fields));
      frames.next();
    };
    show({});
    show({ talking: true, canBeAllocatedTo: false });
    show({ talking: false, wrapUpStart: '2026-11-21T12:00:00Z' });
    show({ serving: false });
    expect(groups).toEqual(['unknown', 'free', 'busy', 'out']);
  });

  it('knows ringing from talking by the steps of the call', () => {
    const callId = OTHER;
    const state = (): string => {
      frames.next();
      return store.agent(USER).value.state;
    };
    store.agent(USER);
    store.takeUserStatus(freeStatus({ talking: true }));
    expect(state()).toBe('on-phone');
    store.takeCall(eventData('UserCallInUserAllocated', { callId }));
    expect(state()).toBe('ringing');
    store.takeCall(eventData('UserCallInUserConnected', { callId }));
    expect(state()).toBe('talking');
    store.takeUserStatus(freeStatus());
    expect(state()).toBe('available');
    store.takeUserStatus(freeStatus({ talking: true }));
    expect(state()).toBe('on-phone');
  });

  it('trusts no step of a call, and no time, over a gap', () => {
    store.agent(USER);
    store.takeUserStatus(freeStatus({ talking: true }));
    store.takeCall(eventData('UserCallInUserAllocated', { callId: OTHER }));
    store.missedEvents();
    store.takeUserStatus(freeStatus({ talking: true }, NOON + 60_000));
    frames.next();
    expect(store.agent(USER).value.state).toBe('on-phone');
    store.takeUserStatus(freeStatus({}, NOON + 61_000));
    store.missedEvents();
    store.takeUserStatus(freeStatus({}, NOON + 90_000));
    frames.next();
    expect(store.agent(USER).value.since).toBe(NOON + 90_000);
  });

  it('says that there are other callback requests, whoever told so', async () => {
    const entry = callbackEntry(eventData('CallbackChanged', { callBackId: OTHER }));
    store.takeCallback(entry);
    frames.next();
    expect(store.callbackChanges.value).toBe(1);
    expect(store.callbacks.isRead).toBe(false);
    await store.readCallbacks(() => Promise.resolve([]));
    frames.next();
    expect(store.callbackChanges.value).toBe(2);
    expect(store.callbacks.counts(LIST, NOON).open).toBe(0);
    const away = new Error('away');
    await expect(store.readCallbacks(() => Promise.reject(away))).rejects.toBe(away);
    store.takeCallback(entry);
    expect(store.callbacks.counts(LIST, NOON).open).toBe(1);
  });

  it('shows nothing more when it is stopped', () => {
    const shown = store.queue(QUEUE);
    store.takeQueueStatus(eventData('QueueStatus', {}));
    store.stop();
    frames.next();
    expect(shown.value).toBeUndefined();
  });

  it('forgets the signals of who is on no roster any more', () => {
    const before = store.agent(USER);
    store.keepAgents(new Set());
    expect(store.agent(USER)).not.toBe(before);
  });
});
