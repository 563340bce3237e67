import type { Directory } from '../../../directory/types.js';
import type { EventSink, SourceLogger, SourceObserver } from '../../source.js';
import { Pause } from '../../pause.js';
import type { BusClock } from '../bus-clock.js';
import type { ResyncTrigger } from '../notices.js';
import type { MarkerOutcome } from './markers.js';
import { QueueCounts } from './queue-counts.js';
import { RestartWatch } from './restart-watch.js';
import { type PlannedRun, ResyncPlan } from './resync-plan.js';
import { ResyncHealth } from './resync-health.js';
import { SnapshotTaker } from './snapshot-taker.js';
import { type StateServices, WHOLE_STATE } from './state-parts.js';
import type { Reading } from './state-reader.js';

/** The longest that a pause goes without a look at the plan. */
const MAX_PAUSE_MS = 3_600_000;

export interface ResyncOptions {
  /** Name of the source. */
  readonly source: string;
  readonly services: StateServices;
  readonly directory: { readonly current: Directory };
  readonly sink: EventSink;
  readonly observer: Pick<SourceObserver, 'conditionChanged'>;
  readonly logger: SourceLogger;
  /** Queues are compared this often when nothing else calls for it; up to a tenth more at random. */
  readonly auditMs: number;
  /** Learns from markers how the bus's stamps are to be read. */
  readonly clock: BusClock;
  /** Epoch ms. */
  readonly now: () => number;
  /** From 0 up to 1; Math.random unless told. */
  readonly random?: () => number;
}

/**
 * Keeps the state as Wazo has it: reads it when events may have been missed, and compares it now and
 * then. One run at a time, each a snapshot between two markers.
 */
export class Resync {
  readonly #options: ResyncOptions;
  readonly #plan: ResyncPlan;
  readonly #taker: SnapshotTaker;
  readonly #restarts: RestartWatch;
  readonly #counts: QueueCounts;
  readonly #health: ResyncHealth;
  readonly #pause = new Pause();
  #isConnected = false;
  /** When all of the state was last read without a marker, so that old events may come after it. */
  #unsureSince: number | undefined;
  #run = new AbortController();

  constructor(options: ResyncOptions) {
    const { services, now, random = Math.random, auditMs } = options;
    this.#options = options;
    this.#plan = new ResyncPlan({ auditMs, now, random });
    this.#health = new ResyncHealth(options);
    this.#taker = new SnapshotTaker(options, this.#health);
    this.#restarts = new RestartWatch({
      amid: services.amid,
      now,
      sink: options.sink,
      nothing: () => this.#taker.reader.nothing(),
    });
    this.#counts = new QueueCounts((queueName) =>
      this.#want(() => this.#plan.wantQueue(queueName)),
    );
  }

  /** Entries per table, for metrics. */
  sizes() {
    return {
      servedEntities: this.#taker.reader.size,
      queueCounts: this.#counts.size,
      dirtyQueues: this.#plan.size,
    };
  }

  /** Messages flow from the bus again, or for the first time. */
  connected(): void {
    this.#isConnected = true;
    this.#taker.fellBehind();
    this.#missed();
  }

  /** No messages come: what runs is given up, since its markers can't come back. */
  disconnected(): void {
    this.#isConnected = false;
    this.#taker.endBacklog();
    this.#health.reading();
    this.#run.abort();
  }

  /** A message of the bus has come. */
  progressed(): void {
    this.#taker.progressed();
  }

  /** The bus says that the state may be another, or how far it is. */
  noticed(trigger: ResyncTrigger): void {
    switch (trigger.kind) {
      case 'marker':
        this.#taker.heard(trigger);
        break;
      case 'asterisk-booted':
        this.#missed();
        this.#restarts.booted().catch((error: unknown) => this.#fault(error));
        break;
      case 'asterisk-reload':
        this.#want(() => this.#plan.reloading(trigger.phase === 'starting'));
        break;
      case 'queue-count':
        this.#counts.note(trigger);
        break;
    }
  }

  /** The directory has other users or queues, of whom nothing has been read. */
  directoryChanged(): void {
    this.#counts.forget();
    this.#want(() => this.#plan.wantWhole());
  }

  /** An agent has logged in, to what queues is not told. */
  agentLoggedIn(): void {
    this.#want(() => this.#plan.wantPart('agents'));
  }

  /** Follows Wazo until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#health.reading();
    signal.addEventListener('abort', () => this.#run.abort(), { once: true });
    while (!signal.aborted) {
      const delay = this.#isConnected ? this.#plan.delayMs : MAX_PAUSE_MS;
      if (delay > 0) await this.#pause.for(Math.min(delay, MAX_PAUSE_MS), signal);
      else await this.#once(signal);
    }
    this.#counts.forget();
    this.#health.stop();
  }

  #missed(): void {
    this.#counts.forget();
    this.#unsureSince = undefined;
    this.#health.reading();
    this.#want(() => this.#plan.gap());
  }

  #want(change: () => void): void {
    change();
    this.#pause.end();
  }

  async #once(signal: AbortSignal): Promise<void> {
    const planned = this.#plan.take();
    this.#run = new AbortController();
    if (signal.aborted) return;
    try {
      await this.#follow(planned, this.#run.signal);
    } catch (error) {
      this.#fault(error);
      this.#plan.giveBack(planned);
      this.#plan.failed();
    }
  }

  async #follow(planned: PlannedRun, signal: AbortSignal): Promise<void> {
    const first = await this.#taker.begin(signal);
    if (signal.aborted) {
      this.#plan.giveBack(planned);
      return;
    }
    if (first.kind !== 'back' && this.#isReadUnsurely()) {
      this.#plan.giveBack(planned);
      this.#plan.failed();
      return;
    }
    const taken = await this.#taker.take(planned, first, this.#restarts, signal);
    if (taken === undefined) this.#plan.giveBack(planned);
    else this.#finish(planned, taken.reading, taken.marker);
  }

  /** Reading it so again and again would not make it surer: that is done as often as an audit. */
  #isReadUnsurely(): boolean {
    const { now, auditMs } = this.#options;
    return this.#unsureSince !== undefined && now() - this.#unsureSince < auditMs;
  }

  #finish(planned: PlannedRun, { failures, unreadable }: Reading, marker: MarkerOutcome): void {
    const { source, logger } = this.#options;
    if (unreadable.length > 0) {
      logger.warn({ source, unreadable: unreadable.slice(0, 10) }, 'left out of the state of Wazo');
    }
    const isSure = marker.kind === 'back';
    this.#unsureSince = isSure || failures.size > 0 ? undefined : this.#options.now();
    if (!isSure) this.#plan.giveBack({ ...planned, parts: new Set(WHOLE_STATE) });
    if (failures.size > 0) {
      this.#plan.giveBack({ ...planned, parts: new Set(failures.keys()) });
      this.#health.failed(failures);
    }
    if (failures.size > 0 || !isSure) this.#plan.failed();
    else this.#plan.succeeded();
    // What was read without a marker is told of by the marker.
    if (failures.size === 0 && (!isSure || !this.#plan.hasGap)) this.#health.read();
  }

  #fault(error: unknown): void {
    const { source, logger } = this.#options;
    logger.error({ err: error, source }, 'resynchronisation failed by a fault of the hub');
    this.#health.failed(new Map([['calls', error]]));
  }
}
