import type { ResyncTrigger } from '../notices.js';

type Counted = Extract<ResyncTrigger, { readonly kind: 'queue-count' }>;

/** One join or leave, and how many there were after it. */
type Step = Pick<Counted, 'change' | 'count'>;

/**
 * Compares how many callers Asterisk says to wait with how many must be: each join is one more,
 * each leave one less. Where that is not so, events were lost. Inside a burst the order is not
 * known, but there must be one in which the counts follow each other.
 */
export class QueueCounts {
  readonly #onDisagreement: (queueName: string) => void;
  /** Callers by queue; queues of the directory only, which bounds them. */
  readonly #known = new Map<string, number>();
  #told = new Map<string, Step[]>();

  constructor(onDisagreement: (queueName: string) => void) {
    this.#onDisagreement = onDisagreement;
  }

  get size(): number {
    return this.#known.size;
  }

  note({ queueName, change, count }: Counted): void {
    // Events of a burst are told in one go.
    if (this.#told.size === 0) queueMicrotask(() => this.#compareAll());
    const steps = this.#told.get(queueName) ?? [];
    steps.push({ change, count });
    this.#told.set(queueName, steps);
  }

  /** Events have been missed: what was counted until now says nothing any more. */
  forget(): void {
    this.#known.clear();
  }

  #compareAll(): void {
    const all = this.#told;
    this.#told = new Map();
    for (const [queueName, steps] of all) this.#compare(queueName, steps);
  }

  #compare(queueName: string, steps: readonly Step[]): void {
    const before = this.#known.get(queueName);
    const [only] = steps;
    const last = steps.length === 1 ? only?.count : undefined;
    if (before !== undefined && canFollow(before, steps)) {
      this.#known.set(queueName, before + netOf(steps));
      return;
    }
    if (last === undefined) this.#known.delete(queueName);
    else this.#known.set(queueName, last);
    if (before !== undefined) this.#onDisagreement(queueName);
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
