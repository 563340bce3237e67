import type { LegEvent } from './call-events.js';

/** A user's end of a call. It exists from the first ring until its channel ends. */
export interface CallLeg {
  readonly legId: string;
  readonly userId: string;
  readonly state: 'ringing' | 'up';
  readonly held: boolean;
  /** When it was first told of, epoch ms. */
  readonly since: number;
}

type LegChanged = Extract<LegEvent, { kind: 'leg-changed' }>;

/** The leg after `event`; a state never goes back, since full reports overtake one another. */
export function applyToLeg(leg: CallLeg | undefined, event: LegChanged): CallLeg {
  return {
    legId: event.legId,
    userId: event.userId,
    state: leg?.state === 'up' ? 'up' : event.state,
    held: event.held ?? leg?.held ?? false,
    since: leg?.since ?? event.at,
  };
}

/** The leg put on hold or taken back. */
export function holdLeg(leg: CallLeg, held: boolean): CallLeg {
  return leg.held === held ? leg : { ...leg, held };
}
