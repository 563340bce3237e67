/** A condition on a queue of which users want to be told when it comes true. */
export type QueueAlert = AlertBasis & QueueCondition;

interface AlertBasis {
  readonly id: string;
  readonly name: string;
  /** Users who are told. */
  readonly recipients: readonly string[];
  /** How long the condition has to hold before it is told. */
  readonly forSeconds: number;
  /** How long it must not hold before it is taken to be over, and can be told again. */
  readonly quietSeconds: number;
}

/** What is measured, and the limit beyond which it is told. */
export type QueueCondition =
  /** Callers whom nobody has answered yet. */
  | { readonly measure: 'queueLength'; readonly above: number }
  /** Seconds that the first of them has waited. */
  | { readonly measure: 'longestWait'; readonly above: number }
  /** Percent of the callers of the last `windowSeconds` who were answered within a time. */
  | {
      readonly measure: 'serviceLevel';
      readonly below: number;
      readonly withinSeconds: number;
      readonly windowSeconds: number;
      /** With fewer calls in the window a share says nothing. */
      readonly minimumCalls: number;
    };

/** The condition as people read it, such as `longestWait > 60`. */
export function conditionExpression(condition: QueueCondition): string {
  switch (condition.measure) {
    case 'queueLength':
    case 'longestWait':
      return `${condition.measure} > ${condition.above}`;
    case 'serviceLevel': {
      const { below, withinSeconds, windowSeconds } = condition;
      return `serviceLevel(${withinSeconds} s, ${windowSeconds} s) < ${below}`;
    }
  }
}

/** The limit of a condition. */
export function conditionLimit(condition: QueueCondition): number {
  return condition.measure === 'serviceLevel' ? condition.below : condition.above;
}

/**
 * How an alert stands; times in epoch ms.
 * - `off`: the condition does not hold
 * - `rising`: it holds, but not for long enough to be told
 * - `on`: it was told and holds
 * - `falling`: it was told and does not hold any more, but not for long enough to be over
 */
export type AlertState =
  | { readonly phase: 'off' | 'on' }
  | { readonly phase: 'rising' | 'falling'; readonly since: number };

type AlertTimes = Pick<AlertBasis, 'forSeconds' | 'quietSeconds'>;

/** How the alert stands at `now` (epoch ms), when its condition holds or does not. */
export function nextAlertState(
  state: AlertState,
  { holds, now }: { readonly holds: boolean; readonly now: number },
  times: AlertTimes,
): AlertState {
  switch (state.phase) {
    case 'off':
      if (!holds) return state;
      return times.forSeconds === 0 ? { phase: 'on' } : { phase: 'rising', since: now };
    case 'rising':
      if (!holds) return { phase: 'off' };
      return now >= endOfPhase(state, times) ? { phase: 'on' } : state;
    case 'on':
      if (holds) return state;
      return times.quietSeconds === 0 ? { phase: 'off' } : { phase: 'falling', since: now };
    case 'falling':
      if (now >= endOfPhase(state, times)) {
        return nextAlertState({ phase: 'off' }, { holds, now }, times);
      }
      return holds ? { phase: 'on' } : state;
  }
}

/** Whether the step from one state to the next is the moment to tell. */
export function isRaised(before: AlertState, after: AlertState, times: AlertTimes, now: number) {
  if (after.phase !== 'on' || before.phase === 'on') return false;
  return before.phase !== 'falling' || now >= endOfPhase(before, times);
}

/** When time alone leads the alert on, epoch ms. */
export function alertDeadline(state: AlertState, times: AlertTimes): number | undefined {
  return 'since' in state ? endOfPhase(state, times) : undefined;
}

function endOfPhase(
  state: Extract<AlertState, { phase: 'rising' | 'falling' }>,
  times: AlertTimes,
): number {
  const seconds = state.phase === 'rising' ? times.forSeconds : times.quietSeconds;
  return state.since + seconds * 1000;
}
