import type { SourceState, SourceStatus, SourceTrouble } from '../contact-center/index.js';
import { SourceCounter, type SourceFigures } from './source-figures.js';
import type {
  EventOutcome,
  SourceCondition,
  SourceObserver,
  SourcePart,
  TableEntries,
} from './source.js';

/** A source's status with what operators are told of it. */
export interface WatchedStatus extends SourceStatus {
  /** For operators, without secrets; '' while the source is up. */
  readonly detail: string;
}

/** A source as it is now. */
export interface WatchedSource extends WatchedStatus {
  readonly name: string;
  /** When something was heard from it last, epoch ms; undefined before the first time. */
  readonly lastEventAt: number | undefined;
}

/** What was wrong with a source last. */
export interface SourceError {
  /** When it was reported, epoch ms. */
  readonly at: number;
  readonly part: SourcePart;
  readonly trouble: SourceTrouble;
  /** For operators, without secrets. */
  readonly detail: string;
}

/** What operators may want to know of a source besides. */
export interface SourceHistory extends SourceFigures {
  /** Undefined when nothing has been wrong since the start. */
  readonly lastError: SourceError | undefined;
  /** How often events came again after they had come no more. */
  readonly reconnects: number;
}

export interface SourceWatchOptions {
  /** Names of all sources; what others report is dropped. */
  readonly sources: readonly string[];
  /** Called with each report of an event. */
  readonly onEvent: SourceObserver['eventIn'];
  /** Called with what reads the sizes of a source's tables. */
  readonly onTables: (source: string, read: () => TableEntries) => void;
  /** Called when a source's status reads differently than before; not for the first one. */
  readonly onStatus: (source: string, status: WatchedStatus) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What is normal at the start, and after every reconnect. */
const NO_ERRORS: ReadonlySet<SourceTrouble> = new Set(['starting', 'reading-state']);

/** How bad a state is. */
const RANK: Readonly<Record<SourceState, number>> = { up: 0, stale: 1, down: 2 };

interface Entry {
  readonly conditions: Map<SourcePart, SourceCondition>;
  readonly counter: SourceCounter;
  status: WatchedStatus;
  lastEventAt: number | undefined;
  lastError: SourceError | undefined;
  /** How often its events began to come. */
  connects: number;
}

/**
 * Makes one status of what the parts of each source report: the worst counts, and of equally bad
 * ones the part that was bad first. As long as nothing is reported a source is down, starting.
 */
export class SourceWatch implements SourceObserver {
  readonly #options: SourceWatchOptions;
  /** By source; as many as the settings name, each with one condition per part. */
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
    const since = options.now();
    this.#entries = new Map(options.sources.map((name) => [name, newEntry(since)]));
  }

  /** All sources, in the order of the settings. */
  sources(): readonly WatchedSource[] {
    return Array.from(this.#entries, ([name, { status, lastEventAt }]) => ({
      name,
      ...status,
      lastEventAt,
    }));
  }

  /** What there is to know of a source besides; undefined for an unknown one. */
  history(source: string): SourceHistory | undefined {
    const entry = this.#entries.get(source);
    if (entry === undefined) return undefined;
    const { counter, lastError, connects } = entry;
    const figures = counter.read(this.#options.now());
    return { ...figures, lastError, reconnects: Math.max(0, connects - 1) };
  }

  eventIn(source: string, name: string, outcome: EventOutcome, delayMs?: number): void {
    const entry = this.#entries.get(source);
    if (entry !== undefined) {
      entry.lastEventAt = this.#options.now();
      entry.counter.count(outcome, delayMs, entry.lastEventAt);
    }
    this.#options.onEvent(source, name, outcome, delayMs);
  }

  watchTables(source: string, read: () => TableEntries): void {
    this.#options.onTables(source, read);
  }

  conditionChanged(source: string, part: SourcePart, condition: SourceCondition): void {
    const entry = this.#entries.get(source);
    if (entry === undefined) return;
    this.#remember(entry, part, condition);
    replaceCondition(entry.conditions, part, condition);
    const status = this.#statusOf(entry);
    if (isSame(status, entry.status)) return;
    entry.status = status;
    this.#options.onStatus(source, status);
  }

  #remember(entry: Entry, part: SourcePart, condition: SourceCondition): void {
    if (condition.state === 'up') {
      if (part === 'events' && entry.conditions.get(part)?.state !== 'up') entry.connects += 1;
      return;
    }
    const { trouble, detail } = condition;
    if (NO_ERRORS.has(trouble)) return;
    entry.lastError = { at: this.#options.now(), part, trouble, detail };
  }

  #statusOf({ conditions, status: before }: Entry): WatchedStatus {
    const worst = worstOf(conditions.values());
    const since = worst.state === before.state ? before.since : this.#options.now();
    if (worst.state === 'up') return { state: 'up', trouble: null, detail: '', since };
    const { state, trouble, detail } = worst;
    return { state, trouble, detail, since };
  }
}

function newEntry(since: number): Entry {
  const status = { state: 'down', trouble: 'starting', detail: 'not started yet', since } as const;
  return {
    conditions: new Map(),
    counter: new SourceCounter(since),
    status,
    lastEventAt: undefined,
    lastError: undefined,
    connects: 0,
  };
}

/** A part that gets better or worse goes behind the others, so that the oldest trouble is first. */
function replaceCondition(
  conditions: Map<SourcePart, SourceCondition>,
  part: SourcePart,
  condition: SourceCondition,
): void {
  if (conditions.get(part)?.state !== condition.state) conditions.delete(part);
  conditions.set(part, condition);
}

function worstOf(conditions: Iterable<SourceCondition>): SourceCondition {
  let worst: SourceCondition = { state: 'up' };
  for (const condition of conditions) {
    if (RANK[condition.state] > RANK[worst.state]) worst = condition;
  }
  return worst;
}

function isSame(a: WatchedStatus, b: WatchedStatus): boolean {
  return a.state === b.state && a.trouble === b.trouble && a.detail === b.detail;
}
