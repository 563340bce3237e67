import { signal, type ReadonlySignal } from '@preact/signals';
import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import { availabilityAnswer } from '../answers.js';
import { problemWords } from '../problem-words.js';
import { lastingReading } from '../lasting-reading.js';
import { availabilityOf, bodyOf, type Choice } from './availability.js';
import {
  type AvailabilityState,
  type AvailabilityStep,
  NO_AVAILABILITY,
  withAvailability,
} from './availability-state.js';

const PATH = '/users/me/availability';

type Parts = Pick<ViewContext, 'client' | 'rest' | 'me'>;

/** The own availability: what holds, and the changing of it. */
export class OwnAvailability {
  readonly #parts: Parts;
  readonly #state = signal<AvailabilityState>(NO_AVAILABILITY);
  /** Grows with each wish: the answer to an older one is no news. */
  #wishes = 0;

  /** Follows it as long as the client lasts. */
  constructor(parts: Parts) {
    this.#parts = parts;
    const { client, me } = parts;
    const reading = lastingReading(client, () => this.#read());
    reading.failure.subscribe((error) => {
      if (error !== undefined) this.#step({ kind: 'unread', problem: problemWords(error) });
    });
    client.on('UserAvailability', ({ entityId }) => {
      if (entityId === me.id) reading.request();
    });
    reading.request();
  }

  get state(): ReadonlySignal<AvailabilityState> {
    return this.#state;
  }

  /** Sets what is chosen. What becomes of it, the state says. */
  async set(choice: Choice): Promise<void> {
    await this.#fulfil(choice, async () => {
      const answer = await this.#parts.rest.post(PATH, bodyOf(choice), availabilityAnswer);
      return availabilityOf(answer);
    });
  }

  /** Ends what was set in the hub, if anything was. */
  async end(): Promise<void> {
    const id = this.#state.value.held?.id ?? null;
    if (id === null) return;
    await this.#fulfil(null, async () => {
      await this.#parts.rest.delete(`${PATH}/${id}`);
      return undefined;
    });
  }

  /** The reason why the last wish failed has been read. */
  dismissProblem(): void {
    this.#step({ kind: 'dismissed' });
  }

  async #fulfil(
    choice: Choice | null,
    ask: () => Promise<AvailabilityState['held']>,
  ): Promise<void> {
    this.#wishes += 1;
    const wish = this.#wishes;
    this.#step({ kind: 'wished', choice });
    const step = await ask().then(
      (held): AvailabilityStep => ({ kind: 'done', held }),
      (error: unknown): AvailabilityStep => ({ kind: 'failed', problem: problemWords(error) }),
    );
    if (wish !== this.#wishes) return;
    this.#step(step);
    if (step.kind !== 'done' || step.held === undefined || step.held.name === choice?.name) return;
    // A telephone on do-not-disturb wins over what is set in the hub.
    const problem = text.me.availability.overruled(step.held.source);
    this.#step({ kind: 'failed', problem });
  }

  async #read(): Promise<void> {
    const answer = await this.#parts.rest.get(`${PATH}/current`, availabilityAnswer);
    this.#step({ kind: 'told', held: availabilityOf(answer) });
  }

  #step(step: AvailabilityStep): void {
    this.#state.value = withAvailability(this.#state.value, step);
  }
}
