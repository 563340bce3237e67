import type { Availability, AvailabilityName, Choice } from './availability.js';

/** What is known of the own availability, and what of it is being changed. */
export interface AvailabilityState {
  /** What the hub told last; undefined while nothing is known. */
  readonly held: Availability | undefined;
  /** What was asked for and is not confirmed yet. */
  readonly wish: Wish | null;
  /** Why the last wish was not fulfilled, in words; empty for no reason. */
  readonly problem: string;
  /** Why what holds could not be read, in words; empty when it could. */
  readonly unread: string;
}

interface Wish {
  /** What is to hold; null to end what was set. */
  readonly choice: Choice | null;
  /** The hub has done it, but has not told of it as it tells everybody. */
  readonly isDone: boolean;
}

/** What happens to it. */
export type AvailabilityStep =
  | { readonly kind: 'wished'; readonly choice: Choice | null }
  /** The hub did what was asked for; `held` is its answer, undefined when it has none. */
  | { readonly kind: 'done'; readonly held: Availability | undefined }
  /** What holds, read because an event said that it changed. */
  | { readonly kind: 'told'; readonly held: Availability }
  /** The wish was refused, or got lost. */
  | { readonly kind: 'failed'; readonly problem: string }
  /** What holds could not be read; it is tried again. */
  | { readonly kind: 'unread'; readonly problem: string }
  | { readonly kind: 'dismissed' };

/** Nothing is known yet. */
export const NO_AVAILABILITY: AvailabilityState = {
  held: undefined,
  wish: null,
  problem: '',
  unread: '',
};

/**
 * The state after a step. A wish is shown until the hub has both done it and told what holds, in
 * either order: its event may be faster than its answer, and what it told before means another one.
 */
export function withAvailability(
  state: AvailabilityState,
  step: AvailabilityStep,
): AvailabilityState {
  const { held, wish } = state;
  switch (step.kind) {
    case 'wished':
      return { ...state, wish: { choice: step.choice, isDone: false }, problem: '' };
    case 'done': {
      if (wish === null) return state;
      const isTold = step.held === undefined ? held?.id === null : isSame(step.held, held);
      return { ...state, wish: isTold ? null : { ...wish, isDone: true } };
    }
    case 'told':
      return { ...state, held: step.held, wish: wish?.isDone === true ? null : wish, unread: '' };
    case 'failed':
      return { ...state, wish: null, problem: step.problem };
    case 'unread':
      return { ...state, unread: step.problem };
    case 'dismissed':
      return { ...state, problem: '' };
  }
}

/** The name to mark as chosen: what is asked for until it is confirmed, then what holds. */
export function shownName({ held, wish }: AvailabilityState): AvailabilityName | undefined {
  return wish?.choice?.name ?? held?.name;
}

function isSame(one: Availability, other: Availability | undefined): boolean {
  return (
    one.id === other?.id &&
    one.name === other.name &&
    one.note === other.note &&
    one.until === other.until
  );
}
