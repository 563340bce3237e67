import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '../../../contact-center/index.js';
import type { Directory } from '../../../directory/types.js';
import type { EventSink } from '../../source.js';
import type { BusClock } from '../bus-clock.js';
import { type HeardMarker, type MarkerOutcome, Markers } from './markers.js';
import type { RestartWatch } from './restart-watch.js';
import type { ResyncHealth } from './resync-health.js';
import type { PlannedRun } from './resync-plan.js';
import type { StateServices } from './state-parts.js';
import { type Reading, StateReader } from './state-reader.js';

export interface SnapshotTakerOptions {
  readonly services: StateServices;
  readonly directory: { readonly current: Directory };
  readonly sink: EventSink;
  readonly clock: BusClock;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What was read, and what became of the marker behind it. */
interface Taken {
  readonly reading: Reading;
  readonly marker: MarkerOutcome;
}

/**
 * Takes snapshots between two markers: all that the bus told before the first one has been applied
 * before the services are asked, and what it tells until the second is known to be newer.
 */
export class SnapshotTaker {
  readonly reader: StateReader;
  readonly #options: SnapshotTakerOptions;
  readonly #health: ResyncHealth;
  readonly #markers: Markers;
  /** What comes may have waited, until the state has been read. */
  #isBehind = false;

  constructor(options: SnapshotTakerOptions, health: ResyncHealth) {
    this.#options = options;
    this.#health = health;
    this.#markers = new Markers(options.services.amid, options.now);
    this.reader = new StateReader(options);
  }

  /** Messages flow again: those that waited come first. */
  fellBehind(): void {
    const { sink, clock, now } = this.#options;
    this.#isBehind = true;
    clock.fellBehind();
    sink([{ kind: 'backlog-begun', at: now() }]);
  }

  /** Messages don't wait any more, or don't come: time goes on without them. */
  endBacklog(): void {
    const { sink, now } = this.#options;
    sink(this.#backlogEnd(now()));
  }

  /** A message of the bus has come. */
  progressed(): void {
    this.#markers.progressed();
  }

  /** A marker has come round. */
  heard(marker: HeardMarker): void {
    this.#markers.heard(marker);
  }

  /** Sends the first marker; resolves when it has come round, or will not. */
  async begin(signal: AbortSignal): Promise<MarkerOutcome> {
    const marker = await this.#markers.pass(signal);
    this.#health.marked(marker);
    const { clock, now } = this.#options;
    if (marker.kind !== 'given-up') {
      clock.caughtUp(marker.kind === 'back' ? marker.stampMs : undefined, now());
    }
    return marker;
  }

  /**
   * Reads what is planned and tells it, after another marker if the first came round.
   * @returns undefined when it was given up, and nothing was told
   */
  async take(
    { parts, queueNames, occasion }: PlannedRun,
    first: MarkerOutcome,
    restarts: RestartWatch,
    signal: AbortSignal,
  ): Promise<Taken | undefined> {
    const { sink, now } = this.#options;
    const snapshotId = randomUUID();
    sink([{ kind: 'snapshot-begun', at: now(), snapshotId }]);
    const originUuid = first.kind === 'back' ? first.originUuid : '';
    const [reading] = await Promise.all([
      this.reader.read({ parts, queueNames, originUuid }),
      parts.has('calls') ? restarts.learn() : undefined,
    ]);
    const marker = first.kind === 'back' ? await this.#markers.pass(signal) : first;
    if (signal.aborted) return undefined;
    this.#health.marked(marker);
    // In one burst, so that nobody sees the state between the two.
    const at = now();
    sink([
      ...this.#backlogEnd(at),
      { kind: 'snapshot', at, snapshotId, occasion, ...reading.state },
    ]);
    return { reading, marker };
  }

  #backlogEnd(at: number): DomainEvent[] {
    if (!this.#isBehind) return [];
    this.#isBehind = false;
    return [{ kind: 'backlog-over', at }];
  }
}
