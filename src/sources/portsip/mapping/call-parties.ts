import type { DomainEvent } from '../../../contact-center/index.js';
import type { User } from '../../../directory/types.js';
import type { PortsipMessage } from '../wsi/message-catalogue.js';
import { legIdOf, type PortsipCall, type PortsipLeg, withLeg } from './call-table.js';
import { callOf } from './queue-caller.js';
import type { TranslationContext } from './translation.js';

/** A message about a call, by which of them ever. */
export type CallMessage = Extract<
  PortsipMessage,
  { readonly kind: 'call_start' | 'call_update_info' | 'cdr_target' | 'call_cdr' }
>;

/** The call that the message is about, with what the message says of its parties. */
export function calledOf(message: CallMessage, context: TranslationContext): PortsipCall {
  const { sessionId, caller, callerName, callee, did, tenantId } = message;
  const call = callOf({ sessionId, callerNumber: caller.number, callerName }, tenantId, context);
  const targetNumber = did === '' ? callee.number : did;
  return { ...call, targetNumber: call.targetNumber === '' ? targetNumber : call.targetNumber };
}

/** The user who made the call; undefined when it came from outside, or from nobody known. */
export function callerUser(message: CallMessage, context: TranslationContext): User | undefined {
  const isFromOutside = message.direction === 'inbound' || message.direction === 'inbound_outbound';
  return isFromOutside ? undefined : userAt(message.caller.number, message.tenantId, context);
}

/** The user whose number was called; undefined when it goes outside, to a queue or to nobody known. */
export function calleeUser(message: CallMessage, context: TranslationContext): User | undefined {
  const goesOutside = message.direction === 'outbound' || message.direction === 'inbound_outbound';
  return goesOutside ? undefined : userAt(message.callee.number, message.tenantId, context);
}

/** The user with that extension number. */
export function userAt(
  number: string,
  tenantId: string | undefined,
  { index }: TranslationContext,
): User | undefined {
  return number === '' ? undefined : index.userOf(tenantId, { number, extensionId: undefined });
}

/** What the projections want to know of a user's leg in its call. */
export function legCall(
  call: PortsipCall,
  number: string,
  leg: PortsipLeg,
  { ids }: TranslationContext,
) {
  const { callerNumber, targetNumber, sessionId } = call;
  return {
    callId: ids.call(sessionId),
    role: leg.role,
    rings: leg.state === 'ringing' || leg.state === 'up',
    callerNumber,
    targetNumber,
    userNumber: number,
  };
}

/** A user's leg rings, or is answered. The call with it, and what is told. */
export function advanceLeg(
  call: PortsipCall,
  number: string,
  leg: PortsipLeg,
  context: TranslationContext,
): { readonly call: PortsipCall; readonly events: readonly DomainEvent[] } {
  const { receivedAt: at, ids } = context;
  const next = withLeg(call, number, leg);
  const legId = legIdOf(call.sessionId, number);
  const events: DomainEvent[] = [];
  const { userId, state, role } = leg;
  if (userId !== undefined && state !== 'over') {
    events.push({
      kind: 'leg-changed',
      at,
      userId,
      legId,
      state: state === 'up' ? 'up' : 'ringing',
      call: legCall(next, number, leg, context),
    });
  }
  if (role === 'callee' && state === 'up') {
    events.push({ kind: 'call-answered', at, callId: ids.call(call.sessionId), legId });
  }
  return { call: next, events };
}
