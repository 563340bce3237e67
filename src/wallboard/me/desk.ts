import type { ReadonlySignal } from '@preact/signals';
import { storageOf } from '../shell/browser-storage.js';
import type { ViewContext } from '../shell/view-context.js';
import { OwnAvailability } from './availability/own-availability.js';
import { CallbackBench } from './callback/callback-bench.js';
import { CallbackFeed } from './callback/callback-feed.js';
import { keepDrafts } from './callback/drafts.js';
import { followCalls, type LiveCalls } from './calls/live-calls.js';
import { UserNames } from './names.js';
import { followOwnQueues, type OwnQueue } from './own-queues.js';

/** All that the page shows of one person, kept up to date. */
export interface Desk {
  readonly live: LiveCalls;
  readonly queues: ReadonlySignal<readonly OwnQueue[] | undefined>;
  readonly availability: OwnAvailability;
  readonly callbacks: CallbackFeed;
  readonly bench: CallbackBench;
  readonly names: UserNames;
}

const desks = new WeakMap<ViewContext, Desk>();

/**
 * The desk of who is logged in. It stays while they look at another view: calls are remembered, and
 * nothing typed is lost.
 */
export function deskOf(context: ViewContext): Desk {
  const known = desks.get(context);
  if (known !== undefined) return known;
  const { client, rest, me } = context;
  const callbacks = new CallbackFeed(context);
  const bench = new CallbackBench(rest, callbacks);
  const storage = storageOf(() => sessionStorage);
  keepDrafts({ client, feed: callbacks, bench, storage, key: `rte-hub.me.drafts.${me.id}` });
  const desk = {
    live: followCalls(client, me.id),
    queues: followOwnQueues(context),
    availability: new OwnAvailability(context),
    callbacks,
    bench,
    names: new UserNames(rest),
  };
  desks.set(context, desk);
  return desk;
}
