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

/**
 * Checks what holds of every UserStatus, whatever happens.
 * @param activitiesTold one who is told not to be ready has an active queue without serving
 * @throws with the rules that are broken
 */
export function expectPossibleUser(status: Data, activitiesTold = false): void {
  const busy = status['talking'] === true || status['wrapUpEnd'] !== null;
  requireRules(status, {
    'who handles a call talks': status['activeQueueId'] === null || status['talking'] === true,
    'who talks or wraps up gets no calls': !busy || status['canBeAllocatedTo'] === false,
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
