import type { TransferStep } from '../../../contact-center/index.js';
import { attendedTransferEvent, blindTransferEvent } from '../ami-event.js';
import { transferEvent } from '../bus-event.js';
import { attendedTransfer, blindTransfer, transferReported } from '../translate-transfer.js';
import { becomesEvent, type EventRow } from './event-row.js';

const STARTED = ['UserCallInTransferStarted', 'QueueCallInTransferStarted'] as const;
const CONNECTED = ['UserCallInTransferConnected', 'QueueCallInTransferConnected'] as const;
const CANCELLED = ['UserCallInTransferCancelled', 'QueueCallInTransferCancelled'] as const;
const SENT_ON = 'UserCallInOverflow';

/** Transfers that users make through wazo-calld. */
export const transferEvents = {
  transfer_created: transfer('created', 'started', STARTED),
  // Not a slip of ours: wazo-bus gives it the key of transfer_created.
  transfer_updated: transfer('created', 'started', STARTED),
  transfer_answered: transfer('edited', 'answered', CONNECTED),
  transfer_completed: transfer('edited', 'handed-over', [SENT_ON, ...CONNECTED]),
  transfer_cancelled: transfer('edited', 'cancelled', CANCELLED),
  transfer_abandoned: transfer('edited', 'caller-gone', CANCELLED),
  transfer_ended: transfer('deleted', 'ended', CANCELLED),
} as const;

/** Transfers that phones make themselves. */
export const amiTransferEvents = {
  BlindTransfer: becomesEvent({
    publisher: 'asterisk',
    schema: blindTransferEvent,
    translate: blindTransfer,
    rteEvents: [...STARTED, SENT_ON],
    note: 'It is connected when a leg of the same call answers.',
  }),
  AttendedTransfer: becomesEvent({
    publisher: 'asterisk',
    schema: attendedTransferEvent,
    translate: attendedTransfer,
    rteEvents: [...STARTED, ...CONNECTED, SENT_ON],
  }),
} as const;

function transfer(
  key: string,
  step: TransferStep,
  rteEvents: readonly [string, ...string[]],
): EventRow {
  return becomesEvent({
    publisher: 'wazo-calld',
    routingKeys: [`calls.transfer.${key}`],
    schema: transferEvent,
    translate: transferReported(step),
    rteEvents,
  });
}
