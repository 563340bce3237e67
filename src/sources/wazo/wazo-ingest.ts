import type { DomainEvent } from '../../contact-center/index.js';
import type { DirectoryHolder } from '../../directory/types.js';
import type { EventOutcome, EventSink, SourceLogger, SourceObserver } from '../source.js';
import type { BusClock } from './bus-clock.js';
import { type BusEnvelope, MalformedBusMessage, parseEnvelope, STASIS } from './bus-envelope.js';
import { Deduplicator } from './deduplicator.js';
import { DropLog } from './drop-log.js';
import { findEvent } from './events/event-table.js';
import { LineOwners } from './line-owners.js';
import { subjectsOf } from './message-subjects.js';
import type { NoticeListener } from './notices.js';
import type { Held } from './open-burst.js';
import { ReorderWindow } from './reorder-window.js';
import { staysInTenant } from './tenancy.js';
import type { Translation } from './translation.js';
import { WazoIndex } from './wazo-index.js';

/** What follows from a message that could not be translated, which is counted elsewhere. */
const NOTHING: Translation = { outcome: 'failed', events: [] };

export interface WazoIngestOptions extends NoticeListener {
  /** Whose events these are, in metrics and logs. */
  readonly source: string;
  readonly directory: DirectoryHolder;
  readonly sink: EventSink;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Says when messages were sent; without it they count as sent when they come. */
  readonly clock?: Pick<BusClock, 'sentAt' | 'delayOf'>;
  /** How long a burst may take to arrive, milliseconds. */
  readonly reorderWindowMs: number;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * From the body of a bus message to domain events: parse, drop what came before, hold until the
 * burst is complete, translate, hand on. It has no broker, so that everything that publishes Wazo
 * events, the simulator included, takes the same way.
 */
export class WazoIngest {
  readonly #options: WazoIngestOptions;
  readonly #seen = new Deduplicator();
  readonly #lines = new LineOwners();
  readonly #window: ReorderWindow;
  readonly #drops: DropLog;
  readonly #stopWatching: () => void;
  #index: WazoIndex;

  constructor(options: WazoIngestOptions) {
    this.#options = options;
    this.#drops = new DropLog(options.source, options.logger);
    this.#index = new WazoIndex(options.directory.current);
    this.#stopWatching = options.directory.onChange((directory) => {
      this.#index = new WazoIndex(directory);
    });
    this.#window = new ReorderWindow({
      windowMs: options.reorderWindowMs,
      subjectsOf: (envelope) => subjectsOf(envelope, this.#index),
      release: (burst) => this.#apply(burst),
    });
    options.observer.watchTables(options.source, () => this.sizes());
  }

  /** Entries per table, for metrics; `heldMessages` wait for their burst to be complete. */
  sizes() {
    return {
      rememberedMessages: this.#seen.size,
      lineOwners: this.#lines.size,
      heldMessages: this.#window.size,
      loggedKinds: this.#drops.size,
    };
  }

  /**
   * Takes one message. `done` is called once its events have been applied, or it turned out that
   * there is nothing to apply; then the broker may forget it.
   */
  accept(body: Uint8Array, done: () => void): void {
    const envelope = this.#parse(body);
    if (envelope === undefined) {
      done();
      return;
    }
    if (findEvent(envelope.name) === undefined) {
      this.#count(envelope.name, 'unknown-name');
      done();
      return;
    }
    if (this.#seen.isDuplicate(envelope, body)) {
      this.#count(envelope.name, 'duplicate');
      done();
      return;
    }
    this.#window.add({ envelope, receivedAt: this.#options.now(), done });
  }

  /** Applies what is held and stops watching the directory. */
  close(): void {
    this.#window.flush();
    this.#stopWatching();
  }

  #parse(body: Uint8Array): BusEnvelope | undefined {
    try {
      const envelope = parseEnvelope(body);
      if (envelope !== STASIS) return envelope;
      this.#count(STASIS, 'stasis');
      return undefined;
    } catch (error) {
      if (!(error instanceof MalformedBusMessage)) throw error;
      this.#count(error.eventName, 'malformed', { problem: error.message });
      return undefined;
    }
  }

  #apply(burst: readonly Held[]): void {
    const translations = burst.map((message) => this.#translate(message));
    const events = translations.flatMap((translation) => translation.events);
    if (events.length > 0) this.#handOn(events);
    for (const translation of translations) this.#giveNotice(translation);
    for (const message of burst) message.done();
  }

  /** A fault of ours costs the burst that showed it, not the hub: unacknowledged it would come back for ever. */
  #handOn(events: readonly DomainEvent[]): void {
    try {
      this.#options.sink(events);
    } catch (error) {
      const kinds = [...new Set(events.map((event) => event.kind))];
      this.#options.logger.error({ err: error, source: this.#options.source, kinds }, 'burst lost');
    }
  }

  #giveNotice({ outcome, directoryChange, resyncTrigger, endedSession }: Translation): void {
    const { onDirectoryChange, onResyncTrigger, onSessionEnded, logger, source } = this.#options;
    try {
      if (directoryChange !== undefined) onDirectoryChange?.(directoryChange);
      if (resyncTrigger !== undefined) onResyncTrigger?.(resyncTrigger);
      if (endedSession !== undefined) onSessionEnded?.(endedSession);
    } catch (error) {
      const notice = directoryChange?.part ?? resyncTrigger?.kind ?? outcome;
      logger.error({ err: error, source, notice }, 'notice of the bus lost');
    }
  }

  #translate({ envelope, receivedAt }: Held): Translation {
    try {
      const { clock, now } = this.#options;
      const sentAt = clock?.sentAt(envelope, receivedAt) ?? receivedAt;
      const onTheWay = clock?.delayOf(envelope, receivedAt) ?? receivedAt - sentAt;
      const translation = this.#read(envelope, sentAt);
      const delayMs = onTheWay + now() - receivedAt;
      this.#count(envelope.name, translation.outcome, { delayMs });
      return translation;
    } catch (error) {
      if (error instanceof MalformedBusMessage)
        this.#count(error.eventName, 'malformed', { problem: error.message });
      else this.#reportFailed(envelope.name, error);
      return NOTHING;
    }
  }

  #read(envelope: BusEnvelope, receivedAt: number): Translation {
    const event = findEvent(envelope.name);
    if (event === undefined) return { outcome: 'unknown-name', events: [] };
    const translation = event.read(envelope, {
      index: this.#index,
      lines: this.#lines,
      receivedAt,
      stampMs: envelope.timestampMs,
      originUuid: envelope.originUuid,
    });
    const { current } = this.#options.directory;
    return staysInTenant(translation.events, envelope.tenantUuid, current)
      ? translation
      : { outcome: 'foreign-tenant', events: [] };
  }

  #reportFailed(name: string, error: unknown): void {
    this.#count(name, 'failed');
    const { source, logger } = this.#options;
    logger.error({ err: error, source, event: name }, 'bus message not translated');
  }

  #count(
    name: string,
    outcome: EventOutcome,
    { problem, delayMs }: { readonly problem?: string; readonly delayMs?: number } = {},
  ): void {
    this.#options.observer.eventIn(this.#options.source, name, outcome, delayMs);
    this.#drops.note(name, outcome, problem);
  }
}
