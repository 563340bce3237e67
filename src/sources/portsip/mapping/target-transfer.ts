import type { DomainEvent } from '../../../contact-center/index.js';
import type { EndReason } from '../wsi/words.js';
import { legIdOf } from './call-table.js';
import type { Target } from './target.js';
import type { TranslationContext } from './translation.js';

/** The endpoint sent the call on; to whom shows by who is called next. */
export function transferred(
  { call, number, leg, message }: Target,
  { receivedAt: at }: TranslationContext,
): DomainEvent[] {
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
      cause: message.endReason ?? '',
    },
  ];
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
