import type { DomainEvent } from '../../../contact-center/index.js';
import { legEnds } from './call-end.js';
import { legIdOf, type PortsipCall, withLeg } from './call-table.js';
import { correlate } from './correlate.js';
import { phoneOf } from './translate-extensions.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

/**
 * extension_call: an extension dials, rings, talks, or has no call any more. It does not say in which
 * call; where the PBX does not tell of each endpoint either, that is concluded if it is certain.
 */
export function translateExtensionCall(
  message: MessageOf<'extension_call'>,
  context: TranslationContext,
): Translation {
  const { tenantId, callStatus } = message;
  const user = context.index.userOf(tenantId, message);
  if (user === undefined) return UNKNOWN_ENTITY;
  const phone = phoneOf(callStatus);
  if (phone === undefined) return applied([]);
  const { id: userId } = user;
  const told: DomainEvent = { kind: 'phone-changed', at: context.receivedAt, userId, phone };
  if (phone === 'idle') return applied([told, ...ringsNoMore(tenantId, userId, context)]);
  const extension = { number: message.number, userId, tenantId };
  const found = correlate(extension, phone, context);
  if (found === 'ambiguous') return { outcome: 'ambiguous', events: [told] };
  return applied([told, ...found]);
}

/** A call that was concluded to ring at the extension was not taken there. */
function ringsNoMore(
  tenantId: string | undefined,
  userId: string,
  context: TranslationContext,
): readonly DomainEvent[] {
  return context.calls.open(tenantId).flatMap((call) => {
    if (call.tellsTargets) return [];
    return [...call.legs].flatMap(([number, leg]) => {
      const isRinging = leg.userId === userId && leg.state === 'ringing';
      return isRinging ? endRinging(call, number, context) : [];
    });
  });
}

/** Whether the caller is gone or somebody else gets the call, nobody says. */
function endRinging(
  call: PortsipCall,
  number: string,
  { calls, receivedAt }: TranslationContext,
): readonly DomainEvent[] {
  const leg = call.legs.get(number);
  if (leg === undefined) return [];
  calls.put(withLeg(call, number, { ...leg, state: 'over' }));
  if (leg.queueId !== undefined) {
    return [{ kind: 'channel-ended', at: receivedAt, legId: legIdOf(call.sessionId, number) }];
  }
  const end = { endReason: 'cancelled' as const, statusCode: undefined, unanswered: false };
  return legEnds(call.sessionId, number, leg, end, receivedAt);
}
