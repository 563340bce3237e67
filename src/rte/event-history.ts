import type { DirectoryHolder } from '../directory/types.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import { defaultHistoryLimits, type HistoryLimits } from './limits.js';
import { OrganizationHistory, type PastEvents } from './organization-history.js';
import type { SubscriptionRegistry } from './subscription-registry.js';

/** How often what nobody needs any more is looked for. */
const SWEEP_MS = 30_000;

interface HistoryOptions {
  readonly bus: RteEventBus;
  readonly directory: DirectoryHolder;
  readonly registry: Pick<SubscriptionRegistry, 'organizations'>;
  readonly limits?: HistoryLimits;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The history of an organization, and when somebody there had a subscription last (epoch ms). */
interface Kept {
  readonly history: OrganizationHistory;
  usedAt: number;
}

/**
 * What was told lately, for clients that lost their connection. Kept of organizations where
 * somebody is subscribed, or was a short while ago.
 */
export class EventHistory {
  readonly #options: HistoryOptions;
  readonly #limits: HistoryLimits;
  /** By organization id. Bounded by the directory, and by limits.bytes. */
  readonly #kept = new Map<string, Kept>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #stop: () => void;
  #place = 0;
  /** Estimated; exact again at each sweep. */
  #bytes = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultHistoryLimits;
    this.#stop = options.bus.onEvent((event) => this.#add(event));
    this.#sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.#sweeper.unref();
  }

  /** How many events were told so far: where the newest of them stands. */
  get place(): number {
    return this.#place;
  }

  /** What is kept now, over all organizations; bytes are estimated. */
  get sizes(): { organizations: number; events: number; bytes: number } {
    let [events, bytes] = [0, 0];
    for (const { history } of this.#kept.values()) {
      events += history.size;
      bytes += history.bytes;
    }
    return { organizations: this.#kept.size, events, bytes };
  }

  /** Somebody of the organization subscribes: what it is told is kept from now on. */
  use(organizationId: string): void {
    const usedAt = this.#options.now();
    const kept = this.#kept.get(organizationId);
    if (kept) kept.usedAt = usedAt;
    else this.#kept.set(organizationId, { history: new OrganizationHistory(this.#limits), usedAt });
  }

  /** What the organization was told after an event that it was told. */
  after(organizationId: string, eventId: string): PastEvents {
    return this.#kept.get(organizationId)?.history.after(eventId) ?? { known: false };
  }

  /** An id for the place where the organization is now, for `after`. */
  mark(organizationId: string): string | null {
    const history = this.#kept.get(organizationId)?.history;
    return history?.mark(this.#place, this.#options.now()) ?? null;
  }

  /** Forgets what is old, and organizations where nobody is any more; runs by itself, too. */
  sweep(): void {
    const { registry, directory, now } = this.#options;
    const inUse = registry.organizations();
    for (const [id, kept] of this.#kept) {
      if (inUse.has(id)) kept.usedAt = now();
      const isIdle = now() - kept.usedAt >= this.#limits.idleMs;
      if (isIdle || !directory.current.organizations.has(id)) this.#kept.delete(id);
      else kept.history.expire(now());
    }
    this.#bytes = this.sizes.bytes;
  }

  /** Keeps nothing more. */
  stop(): void {
    clearInterval(this.#sweeper);
    this.#stop();
    this.#kept.clear();
  }

  #add(event: RteEvent): void {
    this.#place += 1;
    const history = this.#kept.get(event.organizationId)?.history;
    if (history === undefined) return;
    const before = history.bytes;
    history.add(event, this.#place, this.#options.now());
    this.#bytes += history.bytes - before;
    if (this.#bytes > this.#limits.bytes) this.#shrink();
  }

  /** The largest history gives way: half of it is forgotten. */
  #shrink(): void {
    const histories = Array.from(this.#kept.values(), ({ history }) => history);
    const [largest] = histories.sort((a, b) => b.bytes - a.bytes);
    largest?.forget(Math.ceil(largest.size / 2));
    this.#bytes = this.sizes.bytes;
  }
}
