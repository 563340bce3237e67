import type { DomainEvent, SourceState, SourceTrouble } from '../contact-center/index.js';

/** Takes what a source says. Events given together belong to one burst. */
export type EventSink = (events: readonly DomainEvent[]) => void;

/**
 * The parts of a source that may fail on their own:
 * - `run`: the source as a whole
 * - `events`: the connection over which events come
 * - `snapshot`: the state of everything, as it was read last
 * - `directory`: who exists, as it was read last
 * - `markers`: what the hub sends itself through the system, to know that events come at all
 */
export type SourcePart = 'run' | 'events' | 'snapshot' | 'directory' | 'markers';

/** How a part of a source is. `detail` is a text for operators, without secrets. */
export type SourceCondition =
  | { readonly state: 'up' }
  | {
      readonly state: Exclude<SourceState, 'up'>;
      readonly trouble: SourceTrouble;
      readonly detail: string;
    };

/**
 * What became of a bus event; the values of a metric's label. `doubtful` was applied as far as it
 * could be understood; of an `ambiguous` one it is not certain which call it belongs to.
 */
export type EventOutcome =
  | 'applied'
  | 'directory-change'
  | 'resync-trigger'
  | 'session-end'
  | 'duplicate'
  | 'unknown-name'
  | 'unknown-entity'
  | 'foreign-tenant'
  | 'ring-group'
  | 'stasis'
  | 'irrelevant'
  | 'doubtful'
  | 'ambiguous'
  | 'malformed'
  | 'failed';

/** Entries by the name of the table. */
export type TableEntries = Readonly<Record<string, number>>;

/** What a source tells those who watch it. */
export interface SourceObserver {
  /**
   * `name` is the vendor's name of the event; `delayMs` how long ago it was sent, or received where
   * that is not known; absent where it was read at once.
   */
  eventIn(source: string, name: string, outcome: EventOutcome, delayMs?: number): void;
  /** Has the sizes of the source's tables read for the figures; a later call takes its place. */
  watchTables(source: string, read: () => TableEntries): void;
  /**
   * Says how a part of the source is now. Parts of which nothing is said do not count; the worst
   * of the others is the source's status. Saying the same again is fine.
   */
  conditionChanged(source: string, part: SourcePart, condition: SourceCondition): void;
}

/** The part of a pino logger that sources use. */
export interface SourceLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** An adapter to one telephony system. */
export interface EventSource {
  readonly name: string;
  /**
   * Delivers events to `sink` until `signal` aborts; heals its own connection losses and reports
   * them to the observer. Rejects only for faults that no retry can heal.
   */
  run(signal: AbortSignal, sink: EventSink): Promise<void>;
}
