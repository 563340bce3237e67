import type { BusEnvelope } from './bus-envelope.js';
import { inCausalOrder } from './burst-order.js';
import { type Arrival, type Held, OpenBurst } from './open-burst.js';
import { type StampBounds, StampSpans } from './stamp-spans.js';

/** A burst that goes on without a pause is cut after this many windows. */
const MAX_WINDOWS = 4;

/** In a backlog messages come faster than they were published: a burst spans no more windows there. */
const MAX_SPAN_WINDOWS = 2 * MAX_WINDOWS;

/**
 * Between two releases at least this part of a window passes: each tells the projections the time,
 * which costs as much as a message or two.
 */
const RELEASES_PER_WINDOW = 10;

/** Messages held at once; the broker's prefetch keeps below it, the simulator far below. */
const MAX_HELD = 2_000;

/** The subject of messages that concern all. */
const ALL = 'all';

export interface ReorderWindowOptions {
  /** How long a burst may pause, milliseconds. */
  readonly windowMs: number;
  /** What a message is about; nothing when it concerns all. */
  readonly subjectsOf: (envelope: BusEnvelope) => readonly string[];
  /** Takes a burst in causal order. */
  readonly release: (burst: readonly Held[]) => void;
}

/**
 * Holds messages until none that has to do with them has come for a window, then hands them on in
 * causal order. What is about other calls and members neither holds them up nor waits for them, so
 * that a stream without pauses is no slower; only what concerns all waits for everything before it.
 * The publishers' stamps tell bursts apart, too, which matters when a backlog of minutes arrives at
 * once. Needs `setTimeout` only; the owner calls `flush` at the end.
 */
export class ReorderWindow {
  readonly #options: ReorderWindowOptions;
  readonly #maxMs: number;
  readonly #bounds: StampBounds;
  readonly #bursts = new Set<OpenBurst>();
  readonly #bySubject = new Map<string, OpenBurst>();
  #size = 0;
  #arrived = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ReorderWindowOptions) {
    const { windowMs } = options;
    this.#options = options;
    this.#maxMs = windowMs * MAX_WINDOWS;
    this.#bounds = { gapMs: windowMs, spanMs: windowMs * MAX_SPAN_WINDOWS };
  }

  /** Messages waiting now. */
  get size(): number {
    return this.#size;
  }

  add(message: Held): void {
    this.#arrived += 1;
    this.#place({ message, number: this.#arrived, at: performance.now() });
    // Whatever is held already is due before this.
    if (this.#size < MAX_HELD) this.#timer ??= this.#wakeIn(this.#options.windowMs);
    else this.flush();
  }

  /** Hands on everything held, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#handOn(Array.from(this.#bursts, (burst) => this.#close(burst)));
  }

  /** Puts a message to the bursts that it has to do with, which are one from then on. */
  #place(arrival: Arrival): void {
    const found = this.#options.subjectsOf(arrival.message.envelope);
    const subjects = found.length === 0 ? [ALL] : found;
    const [burst = new OpenBurst(found.length === 0), ...others] = this.#related(arrival, subjects);
    for (const other of others) this.#join(burst, other);
    burst.add(arrival, subjects);
    this.#bursts.add(burst);
    this.#size += 1;
    for (const subject of subjects) {
      // One that was published too long before, or after, has the subject while it is the younger.
      const known = this.#bySubject.get(subject);
      if (known?.wentOnAfter(arrival) !== true) this.#bySubject.set(subject, burst);
    }
  }

  #related({ message }: Arrival, subjects: readonly string[]): ReadonlySet<OpenBurst> {
    const stamps = StampSpans.of([message.envelope]);
    const related = new Set<OpenBurst>();
    for (const subject of subjects) {
      const known = this.#bySubject.get(subject);
      if (known?.spans.fits(stamps, this.#bounds) === true) related.add(known);
    }
    return related;
  }

  #join(burst: OpenBurst, other: OpenBurst): void {
    for (const subject of other.subjects) {
      if (this.#bySubject.get(subject) === other) this.#bySubject.set(subject, burst);
    }
    burst.absorb(other);
    this.#bursts.delete(other);
  }

  #releaseDue(): void {
    const now = performance.now();
    const due = [...this.#bursts].filter((burst) => this.#dueAt(burst) <= now);
    const pieces = this.#takeOut(
      due.filter((burst) => !burst.concernsAll),
      now,
    );
    for (const burst of due) {
      if (burst.concernsAll && this.#isNext(burst)) pieces.push(this.#close(burst));
    }
    this.#handOn(pieces);
    const later = Array.from(this.#bursts, (burst) => this.#dueAt(burst)).filter((at) => at > now);
    // What concerns all and is due goes with the last of those.
    if (later.length === 0) return;
    const next = Math.max(Math.min(...later) - now, this.#options.windowMs / RELEASES_PER_WINDOW);
    this.#timer ??= this.#wakeIn(Math.ceil(next));
  }

  /** Whether all that came before the burst, which concerns all, has been handed on. */
  #isNext(burst: OpenBurst): boolean {
    return [...this.#bursts].every((other) => other === burst || !other.beganBeforeEndOf(burst));
  }

  /** Takes out bursts that are due: all of them, or what a cut leaves of those that go on. */
  #takeOut(due: readonly OpenBurst[], now: number): (readonly Arrival[])[] {
    for (const burst of due) this.#close(burst);
    const cuts = due.map((burst) => burst.cut(now - this.#options.windowMs, now));
    for (const arrival of cuts.flatMap(([, after]) => after)) this.#place(arrival);
    return cuts.map(([before]) => before);
  }

  #close(burst: OpenBurst): readonly Arrival[] {
    for (const subject of burst.subjects) {
      if (this.#bySubject.get(subject) === burst) this.#bySubject.delete(subject);
    }
    this.#bursts.delete(burst);
    this.#size -= burst.size;
    return burst.arrivals;
  }

  /** Those that were published together are handed on together: nobody needs to see the middle. */
  #handOn(pieces: readonly (readonly Arrival[])[]): void {
    let together: Arrival[] = [];
    let spans = new StampSpans();
    for (const piece of pieces.toSorted(byFirst)) {
      const stamps = StampSpans.of(piece.map(({ message }) => message.envelope));
      if (!spans.fits(stamps, this.#bounds)) {
        this.#release(together);
        [together, spans] = [[], new StampSpans()];
      }
      together.push(...piece);
      spans.addAll(stamps);
    }
    this.#release(together);
  }

  #release(arrivals: readonly Arrival[]): void {
    if (arrivals.length === 0) return;
    const inOrder = arrivals.toSorted((a, b) => a.number - b.number);
    this.#options.release(inCausalOrder(inOrder.map(({ message }) => message)));
  }

  #dueAt(burst: OpenBurst): number {
    return burst.dueAt(this.#options.windowMs, this.#maxMs);
  }

  #wakeIn(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#timer = undefined;
      this.#releaseDue();
    }, milliseconds);
  }
}

function byFirst([a]: readonly Arrival[], [b]: readonly Arrival[]): number {
  return (a?.number ?? 0) - (b?.number ?? 0);
}
