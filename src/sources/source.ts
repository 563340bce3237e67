import type { DomainEvent } from '../contact-center/index.js';

/** Takes what a source says. Events given together belong to one burst. */
export type EventSink = (events: readonly DomainEvent[]) => void;

/** Whether a source delivers now, and if not, why: a text for operators. */
export interface SourceStatus {
  readonly up: boolean;
  readonly reason: string;
}

/** What became of a bus event; the values of a metric's label. */
export type EventOutcome =
  | 'applied'
  | 'directory-change'
  | 'resync-trigger'
  | 'duplicate'
  | 'unknown-name'
  | 'unknown-entity'
  | 'irrelevant'
  | 'malformed'
  | 'failed';

/** What a source tells those who watch it. */
export interface SourceObserver {
  /** `name` is the vendor's name of the event. */
  eventIn(source: string, name: string, outcome: EventOutcome): void;
  statusChanged(source: string, status: SourceStatus): void;
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
