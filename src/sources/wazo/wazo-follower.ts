import type { DomainEvent } from '../../contact-center/index.js';
import type { DirectoryContributor, DirectoryHolder } from '../../directory/types.js';
import type { EventSink, SourceLogger, SourceObserver } from '../source.js';
import type { BusClock } from './bus-clock.js';
import { DirectorySync } from './configuration/directory-sync.js';
import type { DirectoryChange } from './notices.js';
import type { WazoRest } from './rest/wazo-rest.js';
import { departures, hasNews } from './resync/directory-difference.js';
import { Resync } from './resync/resync.js';

export interface WazoFollowerOptions {
  /** Name of the source. */
  readonly source: string;
  readonly rest: WazoRest;
  readonly directory: DirectoryHolder & DirectoryContributor;
  readonly sink: EventSink;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  readonly auditSeconds: number;
  /** Learns from markers how the bus's stamps are to be read. */
  readonly clock: BusClock;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Keeps directory and state as Wazo's REST services have them, beside what the bus tells. */
export class WazoFollower {
  readonly resync: Resync;
  readonly #options: WazoFollowerOptions;
  readonly #directorySync: DirectorySync;
  #wasConnected = false;

  constructor(options: WazoFollowerOptions) {
    const { rest: services, auditSeconds } = options;
    this.#options = options;
    this.resync = new Resync({ ...options, services, auditMs: auditSeconds * 1000 });
    this.#directorySync = new DirectorySync({ ...options, services });
  }

  /** Entries per table, for metrics. */
  sizes() {
    return this.resync.sizes();
  }

  /** The bus is there, for the first time or again. */
  connected(): void {
    this.resync.connected();
    // wazo-confd's events are lost while the broker is away.
    if (this.#wasConnected) this.#directorySync.changedUnknown();
    this.#wasConnected = true;
  }

  /** A bus event tells of another configuration. */
  directoryChanged(change: DirectoryChange): void {
    this.#directorySync.changed(change);
  }

  /** wazo-agentd knows to which queues somebody has logged in; the event does not say. */
  applied(events: readonly DomainEvent[]): void {
    const hasLogin = events.some((event) => event.kind === 'agent-login-changed' && event.loggedIn);
    if (hasLogin) this.resync.agentLoggedIn();
  }

  /** Follows Wazo until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { directory, sink, now } = this.#options;
    let before = directory.current;
    const unfollow = directory.onChange((after) => {
      const gone = departures(before, after, now());
      if (gone.length > 0) sink(gone);
      if (hasNews(before, after)) this.resync.directoryChanged();
      before = after;
    });
    await Promise.all([this.#directorySync.run(signal), this.resync.run(signal)]);
    unfollow();
  }
}
