import type { ReceivedMessage } from './rte-client.js';

type Data = ReceivedMessage['data'];

/**
 * Checks what holds of every QueueStatus, whatever happens.
 * @throws with the rules that are broken
 */
export function expectPossible(status: Data): void {
  const of = (name: string): number => Number(status[name]);
  requireRules(status, {
    'checked in = free + short-term away + long-term away + fetching':
      of('nbrOfAgentsCheckedInQueue') ===
      of('nbrOfAgentsImmediatelyFree') +
        of('nbrOfAgentsShortTermAway') +
        of('nbrOfAgentsLongTermAway') +
        of('nbrOfAgentsOnFetchMode'),
    'requesters = not served + connected':
      of('nbrOfRequesters') === of('nbrOfNotServedRequesters') + of('nbrOfConnected'),
    'not served = queuing + allocated':
      of('nbrOfNotServedRequesters') === of('nbrOfQueuingRequesters') + of('nbrOfAllocated'),
    'providers include who is checked in': of('nbrOfProviders') >= of('nbrOfAgentsCheckedInQueue'),
    'who wraps up is checked in': of('nbrOfAgentsOnWrapUp') <= of('nbrOfAgentsCheckedInQueue'),
  });
}

/** What may have been told otherwise than by a Wazo, each event in its time. */
interface Telling {
  /** One who is told not to be ready has an active queue without serving. */
  readonly activitiesTold?: boolean;
  /**
   * A machine that stalls may tear mixed events apart: until the rest has come, whether a member can
   * be called goes by the state of the device, before any call that is known (bus.md, 5.1).
   */
  readonly mayBeTorn?: boolean;
}

/**
 * Checks what holds of every UserStatus, whatever happens.
 * @throws with the rules that are broken
 */
export function expectPossibleUser(
  status: Data,
  { activitiesTold = false, mayBeTorn = false }: Telling = {},
): void {
  const getsCalls = status['canBeAllocatedTo'] === true;
  requireRules(status, {
    'who handles a call talks': status['activeQueueId'] === null || status['talking'] === true,
    'who talks gets no calls': !getsCalls || mayBeTorn || status['talking'] === false,
    'who wraps up gets no calls': !getsCalls || status['wrapUpEnd'] === null,
    'a wrap-up has a start and an end':
      (status['wrapUpStart'] === null) === (status['wrapUpEnd'] === null),
    'who is active serves':
      activitiesTold || status['activeQueues'] === 0 || status['serving'] === true,
  });
}

function requireRules(status: Data, rules: Readonly<Record<string, boolean>>): void {
  const broken = Object.keys(rules).filter((rule) => rules[rule] === false);
  if (broken.length === 0) return;
  throw new Error(`impossible: ${broken.join('; ')} in ${JSON.stringify(status)}`);
}
