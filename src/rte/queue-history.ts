import type { ContactCenter } from '../contact-center/index.js';
import type { DirectoryHolder, Queue } from '../directory/types.js';
import type { RteEventBus } from './event-bus.js';
import type { RteEvent } from './events/create-event.js';
import { everyMinute } from './every-minute.js';
import {
  FigureHour,
  type Minute,
  MINUTE_MS,
  type MinuteFigures,
  minuteOf,
  MINUTES,
} from './figure-hour.js';
import { SourceHearing } from './source-hearing.js';

/** The last hour of a queue. */
export interface QueueHour {
  readonly queueId: string;
  /** When the first minute began, epoch ms. */
  readonly from: number;
  /** MINUTES of them, the oldest first; the last one is not over yet. */
  readonly minutes: readonly Minute[];
}

/** The hour of a queue as it outlasts a restart. */
export interface KeptHour {
  readonly queueId: string;
  readonly organizationId: string;
  /** Number since the epoch of the last minute, which was over. */
  readonly newest: number;
  /** The oldest first, at most MINUTES. */
  readonly minutes: readonly Minute[];
}

interface QueueHistoryOptions {
  readonly bus: RteEventBus;
  readonly directory: DirectoryHolder;
  /** The projections, asked of queues of which nothing was told. */
  readonly contactCenter: Pick<ContactCenter, 'queueStatus'>;
  /** Whether the projections are as things were a while ago, as what has waited is still coming in. */
  readonly isBehind: () => boolean;
  /** What was kept of before the restart, of any time. */
  readonly kept: readonly KeptHour[];
  /** Called when a minute is over. */
  readonly onMinute: () => void;
  /** Epoch ms. */
  readonly now: () => number;
}

interface Entry {
  readonly organizationId: string;
  readonly hour: FigureHour;
  /** What holds now; undefined when it was not told since the sources are up. */
  told: MinuteFigures | undefined;
}

/**
 * The last hour of each queue, for boards that are opened later: of each minute the most that
 * QueueStatus told. A minute has figures only if all of the organization's sources were up from its
 * beginning to its end; any other is a gap, as nobody knows what happened in it.
 */
export class QueueHistory {
  readonly #options: QueueHistoryOptions;
  /** By queue id; those of the directory only, so as many as it has queues. */
  readonly #entries = new Map<string, Entry>();
  /** By queue id, until the directory has the queue; after an hour they would have nothing to say. */
  readonly #kept: Map<string, KeptHour>;
  readonly #hearing: SourceHearing;
  readonly #startedIn: number;
  readonly #stops: readonly (() => void)[];
  #stopMinutes: (() => void) | undefined;

  /** Listens from now on; minutes go by once it is started. */
  constructor(options: QueueHistoryOptions) {
    this.#options = options;
    this.#kept = new Map(options.kept.map((one) => [one.queueId, one]));
    this.#hearing = new SourceHearing(options.directory);
    this.#startedIn = this.#minute;
    this.#stops = [
      options.bus.onEvent((event) => this.#take(event)),
      options.directory.onChange(() => this.#forgetUnknown()),
    ];
  }

  /** Queues whose hour is kept, and those of before the restart that were not seen again yet. */
  get sizes(): { queues: number; unseenQueues: number } {
    return { queues: this.#entries.size, unseenQueues: this.#kept.size };
  }

  /** Has minutes begin and end by the clock. */
  start(): void {
    this.#stopMinutes = everyMinute(this.#options.now, () => this.#beginMinute());
  }

  /** The hour of a queue up to now. */
  hour(queue: Queue): QueueHour {
    const minute = this.#minute;
    this.#noteNow(queue, minute);
    return {
      queueId: queue.id,
      from: (minute - MINUTES + 1) * MINUTE_MS,
      minutes: this.#entryOf(queue).hour.upTo(minute),
    };
  }

  /**
   * What is to outlast a restart: all minutes that are over. The one under way will never have been
   * heard to its end.
   */
  kept(): readonly KeptHour[] {
    const newest = this.#minute - 1;
    const current = Array.from(this.#entries, ([queueId, { organizationId, hour }]) => {
      return { queueId, organizationId, newest, minutes: hour.upTo(newest) };
    });
    return [...this.#kept.values(), ...current].filter(({ minutes }) =>
      minutes.some((minute) => minute !== null),
    );
  }

  /** Hears nothing more. */
  stop(): void {
    this.#stopMinutes?.();
    for (const stop of this.#stops) stop();
  }

  get #minute(): number {
    return minuteOf(this.#options.now());
  }

  /** What holds at its beginning belongs to a minute as well as what is told in it. */
  #beginMinute(): void {
    const { directory, isBehind, onMinute } = this.#options;
    const minute = this.#minute;
    if (isBehind()) this.#hearing.miss(minute);
    if (Math.abs(minute - this.#startedIn) >= MINUTES) this.#kept.clear();
    for (const queue of directory.current.queues.values()) this.#noteNow(queue, minute);
    onMinute();
  }

  #take({ organizationId, data }: RteEvent): void {
    if (data.eventType === 'SourceStatus') this.#hear(organizationId, data.state === 'up');
    if (data.eventType !== 'QueueStatus') return;
    const queue = this.#options.directory.current.queues.get(data.queueId);
    if (queue === undefined) return;
    const { nbrOfNotServedRequesters: waiting, maxWaitTime: longestWait } = data;
    this.#entryOf(queue).told = { waiting, longestWait };
    this.#noteNow(queue, this.#minute);
  }

  #hear(organizationId: string, isUp: boolean): void {
    const minute = this.#minute;
    if (!this.#hearing.take(organizationId, isUp, minute)) return;
    for (const entry of this.#entries.values()) {
      if (entry.organizationId !== organizationId) continue;
      entry.told = undefined;
      entry.hour.forget(minute);
    }
  }

  /** What holds now is noted, if all of the minute so far was heard. */
  #noteNow(queue: Queue, minute: number): void {
    if (!this.#hearing.isWhole(queue.organizationId, minute)) return;
    const entry = this.#entryOf(queue);
    // What is asked for is not kept: if it changes back before it is told, nobody says so.
    const figures = entry.told ?? this.#askFor(queue);
    if (figures !== undefined) entry.hour.note(minute, figures);
  }

  #askFor(queue: Queue): MinuteFigures | undefined {
    const { contactCenter, isBehind, now } = this.#options;
    if (isBehind()) return undefined;
    const { notServedRequesters, maxWaitTime } = contactCenter.queueStatus(queue.id, now());
    return { waiting: notServedRequesters, longestWait: maxWaitTime };
  }

  #entryOf({ id, organizationId }: Queue): Entry {
    const known = this.#entries.get(id);
    if (known?.organizationId === organizationId) return known;
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    const hour =
      kept?.organizationId === organizationId
        ? new FigureHour(kept.newest, kept.minutes)
        : new FigureHour(this.#minute);
    const entry = { organizationId, hour, told: undefined };
    this.#entries.set(id, entry);
    return entry;
  }

  #forgetUnknown(): void {
    const { queues } = this.#options.directory.current;
    for (const id of this.#entries.keys()) if (!queues.has(id)) this.#entries.delete(id);
    this.#hearing.forgetUnknown();
  }
}
