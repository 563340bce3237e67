import type { Queue } from '../../../directory/types.js';
import type { PortsipCall } from './call-table.js';
import type { TranslationContext } from './translation.js';

/** A caller as the messages about queues have it. */
interface Caller {
  readonly sessionId: string;
  readonly callerNumber: string;
  readonly callerName: string;
}

/** The call of a queue's caller: the one known, or a new one. */
export function callOf(
  caller: Caller,
  tenantId: string | undefined,
  { calls, receivedAt }: TranslationContext,
): PortsipCall {
  const known = calls.get(caller.sessionId);
  if (known === undefined) return newCall(caller, tenantId, receivedAt);
  return {
    ...known,
    callerNumber: known.callerNumber === '' ? caller.callerNumber : known.callerNumber,
    callerName: known.callerName === '' ? caller.callerName : known.callerName,
  };
}

/** A call of which nothing was told before. `at` is epoch ms. */
export function newCall(
  { sessionId, callerNumber, callerName }: Caller,
  tenantId: string | undefined,
  at: number,
): PortsipCall {
  return {
    sessionId,
    tenantId,
    callerNumber,
    callerName,
    targetNumber: '',
    firstAt: at,
    legs: new Map(),
    tellsTargets: false,
    absences: 0,
  };
}

/** What the projections want to know of a caller in a queue. The session is the caller's leg. */
export function queueCall(
  call: PortsipCall,
  queue: Pick<Queue, 'id'>,
  context: TranslationContext,
) {
  const { sessionId, callerNumber, callerName, targetNumber } = call;
  return {
    queueId: queue.id,
    legId: sessionId,
    callId: context.ids.call(sessionId),
    callerNumber,
    callerName,
    targetNumber,
  };
}
