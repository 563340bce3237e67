import type { DomainEvent } from '../../../contact-center/index.js';
import type { EndReason } from '../wsi/words.js';
import { legIdOf, type PortsipCall } from './call-table.js';
import { CONSULTATION_OVER_MS } from './limits.js';
import type { Endpoint, Target } from './target.js';
import type { TranslationContext } from './translation.js';

/**
 * The endpoint sent the call on. To whom shows by who is called next, or, if it had asked before, by
 * its other call.
 */
export function transferred(target: Target, context: TranslationContext): DomainEvent[] {
  const { call, number, leg, message } = target;
  const { receivedAt: at } = context;
  const flow = transferFlow(message.endReason);
  if (flow === undefined || leg.userId === undefined || leg.state !== 'up') return [];
  return [
    {
      kind: 'call-transfer',
      at,
      teller: 'portsip',
      transferId: `${call.sessionId} ${number} ${String(leg.since)}`,
      step: 'handed-over',
      flow,
      userId: leg.userId,
      transferrerLegIds: [legIdOf(call.sessionId, number)],
      transferredLegId: call.sessionId,
      targetNumber: '',
      ...(flow === 'attended' ? consulted(target, context) : {}),
      cause: message.endReason ?? '',
    },
  ];
}

/** The one with whom the endpoint talked in its consultation: a user's leg, or a number outside. */
function consulted(
  endpoint: Endpoint,
  context: TranslationContext,
): { readonly targetLegId?: string; readonly targetNumber?: string } {
  const { sessionId = '', legs = [] } = consultationOf(endpoint, context) ?? {};
  const found = [...legs].find(([, { role, state }]) => role === 'callee' && state === 'up');
  if (found === undefined) return {};
  const [targetNumber, { userId }] = found;
  return userId === undefined
    ? { targetNumber }
    : { targetLegId: legIdOf(sessionId, targetNumber) };
}

/** The call that the endpoint made last, beside the one that it sends on. */
function consultationOf(
  { call, number }: Endpoint,
  { calls, receivedAt }: TranslationContext,
): PortsipCall | undefined {
  return calls
    .openSince(call.tenantId, receivedAt - CONSULTATION_OVER_MS)
    .filter(({ sessionId }) => sessionId !== call.sessionId)
    .filter(({ legs }) => legs.get(number)?.role === 'caller')
    .toSorted((a, b) => a.firstAt - b.firstAt)
    .at(-1);
}

function transferFlow(endReason: EndReason | undefined): 'blind' | 'attended' | undefined {
  switch (endReason) {
    case 'referred':
    case 'blind_transfer_complete':
      return 'blind';
    case 'attended_transfer_complete':
    case 'replaced':
      return 'attended';
    case 'none':
    case 'caller_disconnected':
    case 'callee_disconnected':
    case 'redirected':
    case 'cancelled':
    case 'unrecognized':
    case undefined:
      return undefined;
  }
}
