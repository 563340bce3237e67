import type { ResyncTrigger } from '../notices.js';

type Counted = Extract<ResyncTrigger, { readonly kind: 'queue-count' }>;

/** One join or leave, and how many there were after it. */
type Step = Pick<Counted, 'change' | 'count'>;

/**
 * Calls are told of apart from each other, up to four reorder windows (200 ms unless set otherwise)
 * after they came: what seems to be missing so long may still be told.
 */
const DOUBT_MS = 1_000;

/**
 * Compares how many callers Asterisk says to wait with how many must be: each join is one more,
 * each leave one less. Where that is not so for a second, events were lost. Within that time the
 * order is not known, but there must be one in which the counts follow each other.
 */
export class QueueCounts {
  readonly #onDisagreement: (queueName: string) => void;
  /** Callers by queue; queues of the directory only, which bounds them. */
  readonly #known = new Map<string, number>();
  /** What was told since and does not lead to a count yet, by queue. */
  readonly #steps = new Map<string, Step[]>();
  readonly #told = new Set<string>();
  /** When what was told of a queue will show that events were lost. */
  readonly #doubts = new Map<string, NodeJS.Timeout>();

  constructor(onDisagreement: (queueName: string) => void) {
    this.#onDisagreement = onDisagreement;
  }

  get size(): number {
    return this.#known.size;
  }

  note({ queueName, change, count }: Counted): void {
    // Events of a burst are told in one go.
    if (this.#told.size === 0) queueMicrotask(() => this.#compareAll());
    this.#told.add(queueName);
    const steps = this.#steps.get(queueName) ?? [];
    steps.push({ change, count });
    this.#steps.set(queueName, steps);
  }

  /** Events have been missed, or none are wanted: what was counted until now says nothing any more. */
  forget(): void {
    this.#known.clear();
    for (const queueName of this.#doubts.keys()) this.#settle(queueName);
  }

  #compareAll(): void {
    const told = [...this.#told];
    this.#told.clear();
    for (const queueName of told) this.#compare(queueName);
  }

  #compare(queueName: string): void {
    const steps = this.#steps.get(queueName) ?? [];
    const before = this.#known.get(queueName);
    if (before === undefined) {
      this.#begin(queueName);
    } else if (canFollow(before, steps)) {
      this.#known.set(queueName, before + netOf(steps));
      this.#settle(queueName);
    } else if (!this.#doubts.has(queueName)) {
      const doubt = setTimeout(() => this.#disagree(queueName), DOUBT_MS);
      doubt.unref();
      this.#doubts.set(queueName, doubt);
    }
  }

  #disagree(queueName: string): void {
    this.#begin(queueName);
    this.#onDisagreement(queueName);
  }

  /** Counts from the last event on, if it is known which that is. */
  #begin(queueName: string): void {
    const [only, ...others] = this.#steps.get(queueName) ?? [];
    if (only === undefined || others.length > 0) this.#known.delete(queueName);
    else this.#known.set(queueName, only.count);
    this.#settle(queueName);
  }

  /** What was told of the queue has been counted. */
  #settle(queueName: string): void {
    clearTimeout(this.#doubts.get(queueName));
    this.#doubts.delete(queueName);
    this.#steps.delete(queueName);
  }
}

/** Whether the steps lead from `before` to the end: every other count is left as often as reached. */
function canFollow(before: number, steps: readonly Step[]): boolean {
  const balances = new Map<number, number>();
  const add = (count: number, by: 1 | -1): void => {
    balances.set(count, (balances.get(count) ?? 0) + by);
  };
  for (const { change, count } of steps) {
    add(count - change, 1);
    add(count, -1);
  }
  add(before, -1);
  add(before + netOf(steps), 1);
  return [...balances.values()].every((balance) => balance === 0);
}

function netOf(steps: readonly Step[]): number {
  return steps.reduce((net, { change }) => net + change, 0);
}
