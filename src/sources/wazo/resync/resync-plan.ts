import type { SnapshotOccasion } from '../../../contact-center/index.js';
import { retryDelayMs } from '../../retry-delay.js';
import { type StatePart, WHOLE_STATE } from './state-parts.js';

/** What is gathered before a run: events that call for one come in flocks. */
const GATHER_MS = 100;

/** Between runs for single reasons, such as a count that disagrees: no queue is asked more often. */
const SPACING_MS = 5_000;

/** Between runs for a directory that changes: whoever is new is to be seen soon. */
const WHOLE_SPACING_MS = 1_000;

/** wazo-sysconfd reloads in seconds; the end of one may have been lost. */
const MAX_RELOAD_MS = 30_000;

/** Pauses after failures, each twice as long as the one before. */
const RETRY_DELAYS = { firstMs: 1_000, maxMs: 60_000 };

/** What a run has to read, and why. */
export interface PlannedRun {
  readonly parts: ReadonlySet<StatePart>;
  readonly queueNames: ReadonlySet<string>;
  readonly occasion: SnapshotOccasion;
}

/** What has to be read again, and when. Times are epoch ms. */
export class ResyncPlan {
  readonly #auditMs: number;
  readonly #random: () => number;
  readonly #now: () => number;
  #parts = new Set<StatePart>();
  #queueNames = new Set<string>();
  #hasGap = false;
  #hasRead = false;
  #dueAt = 0;
  #reloadUntil = 0;
  #lastRunAt = 0;
  #failures = 0;

  constructor(options: {
    readonly auditMs: number;
    readonly random: () => number;
    readonly now: () => number;
  }) {
    this.#auditMs = options.auditMs;
    this.#random = options.random;
    this.#now = options.now;
  }

  /** Queues to be read alone, for metrics. */
  get size(): number {
    return this.#queueNames.size;
  }

  /** Whether events may have been missed since the state was read. */
  get hasGap(): boolean {
    return this.#hasGap;
  }

  /** Milliseconds until the next run. */
  get delayMs(): number {
    return Math.max(this.#dueAt, this.#reloadUntil) - this.#now();
  }

  /** Events may have been missed: all is read at once, whatever failed before. */
  gap(): void {
    for (const part of WHOLE_STATE) this.#parts.add(part);
    this.#hasGap = true;
    this.#failures = 0;
    this.#dueAt = this.#now() + GATHER_MS;
  }

  /** Nothing is known of some whom the directory has. */
  wantWhole(): void {
    this.#want(WHOLE_SPACING_MS, () => {
      for (const part of WHOLE_STATE) this.#parts.add(part);
    });
  }

  /** A part may be out of date. */
  wantPart(part: StatePart): void {
    this.#want(SPACING_MS, () => this.#parts.add(part));
  }

  /** A queue, by Asterisk's name, may be out of date. */
  wantQueue(queueName: string): void {
    this.#want(SPACING_MS, () => this.#queueNames.add(queueName));
  }

  /** Asterisk reads its configuration again, in which its members seem to change: none is read meanwhile. */
  reloading(isReloading: boolean): void {
    this.#reloadUntil = isReloading ? this.#now() + MAX_RELOAD_MS : 0;
    this.wantPart('queues');
  }

  /** Hands over what is due; an audit when nothing is wanted. */
  take(): PlannedRun {
    const occasion = this.#occasion();
    const run = { parts: this.#parts, queueNames: this.#queueNames, occasion };
    if (this.#isIdle) run.parts.add('queues');
    this.#parts = new Set();
    this.#queueNames = new Set();
    this.#hasGap = false;
    this.#lastRunAt = this.#now();
    return run;
  }

  /** The run came to nothing: it is due again, with what is wanted meanwhile. */
  giveBack({ parts, queueNames, occasion }: PlannedRun): void {
    for (const part of parts) this.#parts.add(part);
    for (const queueName of queueNames) this.#queueNames.add(queueName);
    if (occasion === 'gap' || occasion === 'start') this.#hasGap = true;
  }

  /** The run is over; the next is due when something is wanted, or as an audit. */
  succeeded(): void {
    this.#hasRead = true;
    this.#failures = 0;
    const jitter = 1 + this.#random() / 10;
    const wait = this.#isIdle ? this.#auditMs * jitter : this.#hasGap ? GATHER_MS : SPACING_MS;
    this.#dueAt = this.#now() + wait;
  }

  /** The run failed, and is tried again after a pause. */
  failed(): void {
    this.#dueAt = this.#now() + retryDelayMs(RETRY_DELAYS, this.#failures, this.#random());
    this.#failures += 1;
  }

  #want(spacingMs: number, add: () => void): void {
    const dueAt = Math.max(this.#now() + GATHER_MS, this.#lastRunAt + spacingMs);
    if (this.#failures === 0) this.#dueAt = this.#isIdle ? dueAt : Math.min(dueAt, this.#dueAt);
    add();
  }

  get #isIdle(): boolean {
    return this.#parts.size === 0 && this.#queueNames.size === 0;
  }

  #occasion(): SnapshotOccasion {
    if (!this.#hasRead) return 'start';
    if (this.#hasGap) return 'gap';
    return this.#isIdle ? 'audit' : 'change';
  }
}
