import { z } from 'zod';

import type { DirectoryHolder } from '../directory/types.js';
import type { HubCaller } from '../signalr/index.js';
import type { AccessAudit } from './access-audit.js';
import { createMessage, deliver, mayStillReceive } from './delivery.js';
import type { EventHistory } from './event-history.js';
import type { RteEvent } from './events/create-event.js';
import type { LastStates } from './last-states.js';
import { REPLAY_BYTES } from './limits.js';
import { planReplay, type Replay, type ReplayRefusal } from './replay.js';
import type { RteLogger } from './rte-logger.js';
import type { RteUser } from './rte-user.js';
import type { SubscriptionRegistry } from './subscription-registry.js';
import type { SubscriptionResult } from './subscription-result.js';
import type { Topic } from './subscription.js';

/** The answer to Resume. */
export interface ResumeResult {
  /** Whether the client has now been told all that it missed. */
  readonly resumed: boolean;
  /** Messages that were sent ahead of this answer. */
  readonly replayed: number;
  /** Messages that were too old to be of use (messageTTLSeconds), and not sent. */
  readonly expired: number;
  /** Why not; `nothing-to-resume` for who gave no id. */
  readonly reason: ReplayRefusal | 'nothing-to-resume' | null;
  /** What to resume from when no newer event follows; null before the first subscription. */
  readonly lastEventId: string | null;
  /** Of the subscriptions that were asked for in the same call. */
  readonly results: readonly SubscriptionResult[];
}

interface ResumptionOptions {
  readonly history: Pick<EventHistory, 'after' | 'mark'>;
  readonly registry: Pick<SubscriptionRegistry, 'find' | 'sentSince'>;
  readonly lastStates: Pick<LastStates, 'find'>;
  readonly directory: DirectoryHolder;
  readonly audit: Pick<AccessAudit, 'refused'>;
  readonly logger: RteLogger;
  /** Epoch ms, on the same clock as the SignalR server's. */
  readonly now: () => number;
}

const eventIds = z.guid().transform((id) => id.toLowerCase());

/**
 * Tells clients that lost their connection what they missed. All is sent in one go, ahead of the
 * answer, so that nothing of what happens meanwhile can come in between.
 */
export class Resumption {
  readonly #options: ResumptionOptions;
  /** Connections that can't resume any more, by id; each leaves when it ends. */
  readonly #settled = new Set<string>();

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  /** Connections that have resumed or unsubscribed. */
  get size(): number {
    return this.#settled.size;
  }

  /**
   * From now on what the connection was sent can't be told from what its subscriptions say, so it
   * can't resume any more.
   */
  settle(connectionId: string): void {
    this.#settled.add(connectionId);
  }

  /** The connection has ended. */
  forget(connectionId: string): void {
    this.#settled.delete(connectionId);
  }

  /**
   * Sends what the caller is subscribed to, may have, and has missed.
   * @param lastEventId as the client gave it: the id of the newest event that it knows
   * @param withoutStates leaves out the states that are sent on subscribe
   */
  resume(
    caller: HubCaller<RteUser>,
    lastEventId: unknown,
    withoutStates: boolean,
  ): Omit<ResumeResult, 'results'> {
    const { organizationId } = caller.user;
    const replay = this.#replayFor(caller, lastEventId, withoutStates);
    const events = replay.ok ? replay.events : [];
    for (const event of events) this.#send(caller, event);
    if (replay.ok) this.settle(caller.connectionId);
    return {
      resumed: replay.ok,
      replayed: events.length,
      expired: replay.ok ? replay.expired : 0,
      reason: replay.ok ? null : replay.reason,
      lastEventId: this.#options.history.mark(organizationId),
    };
  }

  #replayFor(
    caller: HubCaller<RteUser>,
    lastEventId: unknown,
    withoutStates: boolean,
  ): Replay | { readonly ok: false; readonly reason: 'nothing-to-resume' } {
    const { history, lastStates, now } = this.#options;
    if (lastEventId === undefined || lastEventId === null) {
      return { ok: false, reason: 'nothing-to-resume' };
    }
    if (this.#settled.has(caller.connectionId)) return { ok: false, reason: 'too-late' };
    const id = eventIds.safeParse(lastEventId);
    const past = history.after(caller.user.organizationId, id.data ?? '');
    if (!past.known) return { ok: false, reason: 'unknown' };
    return planReplay(past.events, {
      sentSince: (topic) => this.#sentSince(caller, topic),
      lastState: (topic) => lastStates.find(topic),
      withoutStates,
      maxBytes: REPLAY_BYTES,
      now: now(),
    });
  }

  #sentSince(caller: HubCaller<RteUser>, topic: Topic): number | undefined {
    const { registry, directory, audit } = this.#options;
    const active = registry.find(caller, topic);
    if (active === undefined) return undefined;
    if (!mayStillReceive(directory.current, active, topic, audit)) return undefined;
    return registry.sentSince(caller.connectionId, topic);
  }

  #send(caller: HubCaller<RteUser>, event: RteEvent): void {
    const { registry, logger, now } = this.#options;
    const active = registry.find(caller, { entityId: event.entityId, eventName: event.name });
    if (active !== undefined) deliver(active, event, createMessage(event, now()), logger);
  }
}
