import type { DomainEvent, MissReason } from '../../../contact-center/index.js';
import { legIdOf, type PortsipCall } from './call-table.js';
import type { Endpoint } from './target.js';
import type { TranslationContext } from './translation.js';

/** Whoever did not take the call is told that it went on to the one who is called now. */
export function missedBefore(
  { call, number, leg }: Endpoint,
  context: TranslationContext,
): readonly DomainEvent[] {
  const { missed, sessionId, callerNumber, targetNumber } = call;
  if (missed === undefined || missed.number === number || leg.userId === undefined) return [];
  const former = call.legs.get(missed.number)?.userId;
  if (former === undefined) return [];
  const reason = missReason(missed.statusCode);
  return [
    {
      kind: 'call-missed',
      at: context.receivedAt,
      userId: former,
      callId: context.ids.call(sessionId),
      legId: legIdOf(sessionId, missed.number),
      callerNumber,
      targetNumber,
      reason,
      target: number,
    },
  ];
}

/** By the codes of SIP (RFC 3261 21). */
function missReason(statusCode: number | undefined): MissReason {
  switch (statusCode) {
    case 486:
    case 600:
    case 603:
      return 'busy';
    case 404:
    case 480:
    case 503:
      return 'unreachable';
    case undefined:
    default:
      return 'no-answer';
  }
}

/** The call, once it was told who missed it. */
export function withoutMissed({ missed: _missed, ...call }: PortsipCall): PortsipCall {
  return call;
}
