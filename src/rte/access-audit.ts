import { LRUCache } from 'lru-cache';

import type { Caller, RefusingRule } from './access-policy.js';
import type { EntityRef } from './entities.js';
import type { EntitySubscription } from './entity-subscription.js';
import type { RteEventName } from './events/event-catalogue.js';
import { AUDITED_USERS, AUDIT_LINES_PER_WINDOW, AUDIT_WINDOW_MS } from './limits.js';
import type { RteLogger } from './rte-logger.js';
import type { AccessDenial, RteMetrics } from './rte-metrics.js';
import type { Refusal } from './subscription-result.js';

/** That somebody did not get what they asked for, or no longer gets it. */
export interface AccessRefusal {
  readonly reason: AccessDenial;
  readonly caller: Pick<Caller, 'id' | 'organizationId' | 'address'>;
  /** Where there is one. */
  readonly connectionId?: string;
  readonly entity: EntityRef;
  /** The event that was asked for; absent when it was the entity itself. */
  readonly eventName?: RteEventName;
  readonly rule: RefusingRule;
}

/** An item of Subscribe that is refused for another reason than the access policy. */
export interface ItemRefusal {
  readonly caller: Pick<Caller, 'id' | 'organizationId' | 'address'>;
  readonly connectionId: string;
  /** As sent, in lower case; null where there was no text. */
  readonly item: EntitySubscription;
  /** What it is answered with. */
  readonly message: Refusal;
}

/** Told of what was refused, for those who look after the organization. */
export interface RefusalListener {
  accessRefused(refusal: AccessRefusal): void;
  itemRefused(refusal: ItemRefusal): void;
}

interface AuditOptions {
  readonly logger: Pick<RteLogger, 'info'>;
  readonly metrics: Pick<RteMetrics, 'accessDenied'>;
  readonly listener?: RefusalListener;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The lines about one user in a stretch of time. */
interface Lines {
  readonly windowEnds: number;
  refusals: number;
}

/**
 * Writes down who was refused what, and by which rule. Every refusal is counted; of one user only
 * so many in a minute are logged, since who asks for two thousand things that are not theirs would
 * else drown the log.
 */
export class AccessAudit {
  readonly #options: AuditOptions;
  /** By user id; who was refused least recently is forgotten first. */
  readonly #lines = new LRUCache<string, Lines>({ max: AUDITED_USERS });

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Users whose lines are counted. */
  get size(): number {
    return this.#lines.size;
  }

  /** What the client can read from the answer is told to the listener only. */
  itemRefused(refusal: ItemRefusal): void {
    this.#options.listener?.itemRefused(refusal);
  }

  refused(refusal: AccessRefusal): void {
    const { logger, metrics, listener } = this.#options;
    listener?.accessRefused(refusal);
    const { reason, caller, connectionId, entity, eventName, rule } = refusal;
    metrics.accessDenied(reason, rule);
    const { lines, unlogged } = this.#count(caller.id);
    if (lines > AUDIT_LINES_PER_WINDOW) return;
    const { id: userId, organizationId } = caller;
    const what = { entityType: entity.type, entityId: entity.id, event: eventName };
    const skipped = unlogged > 0 ? { unlogged } : {};
    logger.info({ userId, organizationId, connectionId, reason, rule, ...what, ...skipped }, LINE);
  }

  /**
   * Counts a refusal of the user.
   * @returns which one it is in its window, and how many before it were not logged
   */
  #count(userId: string): { readonly lines: number; readonly unlogged: number } {
    const now = this.#options.now();
    const known = this.#lines.get(userId);
    if (known !== undefined && now < known.windowEnds) {
      known.refusals += 1;
      return { lines: known.refusals, unlogged: 0 };
    }
    this.#lines.set(userId, { windowEnds: now + AUDIT_WINDOW_MS, refusals: 1 });
    return { lines: 1, unlogged: Math.max(0, (known?.refusals ?? 0) - AUDIT_LINES_PER_WINDOW) };
  }
}

const LINE = 'access refused';
