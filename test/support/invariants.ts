import type { ContactCenter, QueueStatus, UserStatus } from '../../src/contact-center/index.js';
import { people, queueIds } from './directory-fixture.js';

interface Known {
  readonly queues: Iterable<string>;
  readonly users: Iterable<string>;
  /**
   * The source tells what members do: one who is not ready is in an active queue without serving,
   * and a wrap-up is over when that is told.
   */
  readonly activitiesTold?: boolean;
}

/** Everybody in the fixture's directory. */
export const fixture: Known = { queues: Object.values(queueIds), users: Object.values(people) };

/**
 * Checks what must hold of every queue and user at any moment, in the middle of a burst too.
 * @throws with the rule that is broken
 */
export function expectPossibleState(
  center: ContactCenter,
  now: number,
  known: Known = fixture,
): void {
  for (const id of known.queues) {
    const status = center.queueStatus(id, now);
    report(brokenQueueRules(status), status);
  }
  for (const id of known.users) {
    const status = center.userStatus(id, now);
    report(brokenUserRules(status, now, known.activitiesTold === true), status);
  }
}

/** Thousands of states are checked in a test, which `expect` would make slow. */
function report(brokenRules: readonly string[], status: object): void {
  if (brokenRules.length === 0) return;
  throw new Error(`impossible state: ${brokenRules.join('; ')} in ${JSON.stringify(status)}`);
}

function brokenQueueRules(status: QueueStatus): string[] {
  const { agentsCheckedIn, agentsImmediatelyFree, agentsShortTermAway, agentsLongTermAway } =
    status;
  const counters = Object.values(status).filter((value) => typeof value === 'number');
  return broken({
    'checked in = free + short-term away + long-term away':
      agentsCheckedIn === agentsImmediatelyFree + agentsShortTermAway + agentsLongTermAway,
    'requesters = not served + connected':
      status.requesters === status.notServedRequesters + status.connected,
    'not served = queuing + allocated':
      status.notServedRequesters === status.queuingRequesters + status.allocated,
    'providers include who checked in': status.providers >= agentsCheckedIn,
    'who wraps up is checked in': status.agentsOnWrapUp <= agentsCheckedIn,
    'who serves is checked in': status.servingAgentsEstimate <= agentsCheckedIn,
    'nobody waits who is not there': status.maxWaitTime === 0 || status.notServedRequesters > 0,
    'no counter is negative': counters.every((value) => value >= 0),
  });
}

function brokenUserRules(status: UserStatus, now: number, activitiesTold: boolean): string[] {
  const { serving, available, schedule, activeQueues, wrapUpStart, wrapUpEnd } = status;
  const allocatable = serving && available && schedule && activeQueues > 0 && wrapUpEnd === null;
  return broken({
    'calls go only to who wants and can have them': !status.canBeAllocatedTo || allocatable,
    'who is active serves': activitiesTold || activeQueues === 0 || serving,
    'who handles a call talks': status.activeQueueId === null || status.talking,
    'talking has a beginning': !status.talking || status.talkingStatusChanged !== null,
    'a wrap-up has a start and an end': (wrapUpStart === null) === (wrapUpEnd === null),
    'a wrap-up that is over is not told': activitiesTold || (wrapUpEnd ?? Infinity) > now,
  });
}

function broken(rules: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
