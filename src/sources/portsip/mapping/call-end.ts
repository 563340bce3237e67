import type { CallEnder, DomainEvent } from '../../../contact-center/index.js';
import type { EndReason } from '../wsi/words.js';
import { legIdOf, type PortsipCall, type PortsipLeg } from './call-table.js';
import { queueCall } from './queue-caller.js';
import type { TranslationContext } from './translation.js';

/** Why a call, or an endpoint's part in it, ended. */
export interface End {
  readonly endReason: EndReason | 'stale' | undefined;
  readonly statusCode: number | undefined;
}

/** The technical cause: SIP's code if there is one, else the PBX's word (portsip/wsi.md C.1). */
export function causeOf({ endReason, statusCode = 0 }: End): string | undefined {
  if (statusCode !== 0) return String(statusCode);
  return endReason === 'none' || endReason === 'unrecognized' ? undefined : endReason;
}

/** Who ended it, seen from a user who made the call or was called. */
export function enderOf(role: PortsipLeg['role'], { endReason }: End): CallEnder {
  switch (endReason) {
    case 'caller_disconnected':
    case 'cancelled':
      return role === 'caller' ? 'local' : 'remote';
    case 'callee_disconnected':
      return role === 'caller' ? 'remote' : 'local';
    case 'none':
    case 'replaced':
    case 'referred':
    case 'redirected':
    case 'blind_transfer_complete':
    case 'attended_transfer_complete':
    case 'stale':
    case 'unrecognized':
    case undefined:
      return 'local';
  }
}

/** A user's leg is gone. `unanswered` when its phone rang in vain. */
export function legEnds(
  sessionId: string,
  number: string,
  leg: PortsipLeg,
  end: End & { readonly unanswered: boolean },
  at: number,
): DomainEvent[] {
  if (leg.userId === undefined || leg.state === 'over') return [];
  const legId = legIdOf(sessionId, number);
  const cause = causeOf(end);
  const ended: DomainEvent = {
    kind: 'channel-ended',
    at,
    legId,
    ...(cause === undefined ? {} : { cause }),
    ...(end.unanswered ? { unanswered: true } : {}),
  };
  const isLocal = enderOf(leg.role, end) === 'local';
  return isLocal ? [{ kind: 'hangup-requested', at, legId }, ended] : [ended];
}

/** A call is over, for all who are in it. */
export function callEnds(
  call: PortsipCall,
  end: End,
  context: TranslationContext,
): readonly DomainEvent[] {
  const { calls, receivedAt: at } = context;
  const { sessionId, agent } = call;
  const cause = causeOf(end);
  const events: DomainEvent[] = [];
  for (const [number, leg] of call.legs) {
    if (leg.queueId !== undefined) continue;
    // Whoever called hung up before, or the PBX gave up because nobody took the call.
    const unanswered = leg.state === 'ringing' && enderOf('callee', end) === 'local';
    events.push(...legEnds(sessionId, number, leg, { ...end, unanswered }, at));
  }
  if (agent !== undefined) {
    events.push({
      kind: 'queue-call-completed',
      at,
      ...queueCall(call, { id: agent.queueId }, context),
      offerId: legIdOf(sessionId, agent.extensionNumber),
      member: agent.member,
      memberNumber: agent.extensionNumber,
      wrapUpSeconds: 0,
      endedBy: enderOf('callee', end),
      ...(cause === undefined ? {} : { cause }),
    });
  }
  events.push({
    kind: 'channel-ended',
    at,
    legId: sessionId,
    ...(cause === undefined ? {} : { cause }),
  });
  const { queueId: _queueId, ...ended } = call;
  calls.put({ ...ended, endedAt: at });
  return events;
}
