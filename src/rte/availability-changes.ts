import { v7 as uuidV7 } from 'uuid';

import type {
  Availability,
  AvailabilityEnded,
  AvailabilitySet,
  DomainEvent,
} from '../contact-center/index.js';
import type { DirectoryHolder } from '../directory/types.js';
import type { AccessAudit } from './access-audit.js';
import type { Caller } from './access-policy.js';
import { changeRefusal, type ChangeRefusal } from './change-refusal.js';
import type { CurrentAvailability, CurrentStates } from './current-states.js';

/** An availability as somebody sets it, from now on. */
export interface ChosenAvailability {
  readonly availability: Availability;
  readonly note: string;
  /** Which client sets it. */
  readonly eventSource: string;
  /** When it ends by itself, epoch ms; null until further notice. */
  readonly until: number | null;
}

/** What became of a change; `not-found` also when there is no such entry. */
export type AvailabilityOutcome =
  | { readonly kind: 'done'; readonly current: CurrentAvailability }
  | { readonly kind: ChangeRefusal };

/** The event that changes cause: rights to it are rights to change. */
const CAUSED = 'UserAvailability';

/** A change without whom and when. */
type Change = Omit<AvailabilitySet, 'at' | 'userId'> | Omit<AvailabilityEnded, 'at' | 'userId'>;

interface AvailabilityChangesOptions {
  readonly directory: DirectoryHolder;
  readonly states: CurrentStates;
  /** Takes the hub's own events as it takes those of sources. */
  readonly sink: (events: readonly DomainEvent[]) => void;
  /** Keeps a change beyond the end of the process; it is told once it is kept. */
  readonly keep: (change: AvailabilitySet | AvailabilityEnded) => Promise<void>;
  readonly audit: Pick<AccessAudit, 'refused'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Sets and ends availabilities in the hub, by the access policy. They become domain events like
 * those of telephony systems, to which they are not told.
 */
export class AvailabilityChanges {
  readonly #options: AvailabilityChangesOptions;

  constructor(options: AvailabilityChangesOptions) {
    this.#options = options;
  }

  /**
   * Sets the user's availability, in the place of one set before.
   * @throws when it can't be kept; then nothing has changed
   */
  async set(
    caller: Caller,
    userId: string,
    chosen: ChosenAvailability,
  ): Promise<AvailabilityOutcome> {
    const { availability, note, eventSource: source, until } = chosen;
    const entry = { availabilityId: uuidV7(), availability, note, source, until };
    return this.#change(caller, userId, () => ({ kind: 'availability-set', ...entry }));
  }

  /**
   * Ends the entry with that id, if it is the one that was set last.
   * @throws when that can't be kept; then nothing has changed
   */
  async end(caller: Caller, userId: string, availabilityId: string): Promise<AvailabilityOutcome> {
    return this.#change(caller, userId, (current) =>
      current.availabilityId === availabilityId
        ? { kind: 'availability-ended', availabilityId }
        : undefined,
    );
  }

  async #change(
    caller: Caller,
    userId: string,
    eventFor: (current: CurrentAvailability) => Change | undefined,
  ): Promise<AvailabilityOutcome> {
    const { directory, states, sink, keep, now } = this.#options;
    const user = directory.current.users.get(userId);
    const refusal = changeRefusal(this.#options, caller, userId, CAUSED);
    if (user === undefined || refusal !== undefined) return { kind: refusal ?? 'not-found' };
    const change = eventFor(states.userAvailability(user));
    if (change === undefined) return { kind: 'not-found' };
    const event = { ...change, at: now(), userId };
    await keep(event);
    sink([event]);
    return { kind: 'done', current: states.userAvailability(user) };
  }
}
