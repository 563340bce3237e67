import type { z } from 'zod';
import type { TransferReport, TransferStep } from '../../contact-center/index.js';
import type { attendedTransferEvent, blindTransferEvent } from './ami-event.js';
import type { transferEvent } from './bus-event.js';
import { eventTime } from './queue-caller.js';
import { applied, type Translator, UNKNOWN_ENTITY } from './translation.js';

/** wazo-calld says how far a transfer has come. It calls one "abandoned" when the caller hung up. */
export function transferReported(step: TransferStep): Translator<z.infer<typeof transferEvent>> {
  return (data, { index, receivedAt: at }) => {
    const user = index.user(data.initiator_uuid);
    if (user === undefined) return UNKNOWN_ENTITY;
    const { transferred_call: transferredLegId, recipient_call: targetLegId } = data;
    return applied({
      kind: 'call-transfer',
      at,
      teller: 'wazo-calld',
      transferId: data.id,
      step,
      flow: data.flow === 'blind' ? 'blind' : 'attended',
      userId: user.id,
      transferrerLegIds: [data.initiator_call],
      ...(transferredLegId ? { transferredLegId } : {}),
      ...(targetLegId ? { targetLegId } : {}),
      targetNumber: '',
      cause: `transfer ${step}`,
    });
  };
}

/** A phone sent its call to an extension. Whose phone it is shows in its leg. */
export const blindTransfer: Translator<z.infer<typeof blindTransferEvent>> = (
  data,
  { receivedAt },
) => {
  const { TransfererUniqueid: legId, TransfereeUniqueid: transferredLegId, Extension } = data;
  return applied({
    kind: 'call-transfer',
    at: eventTime(data.Timestamp, receivedAt),
    flow: 'blind',
    transferrerLegIds: [legId],
    ...(transferredLegId === undefined ? {} : { transferredLegId }),
    targetNumber: Extension,
    ...resultOf('BlindTransfer', data.Result, `${legId} ${transferredLegId ?? ''} ${Extension}`),
  });
};

/** A phone joined its two calls; Asterisk names the leg of the other party, or their number. */
export const attendedTransfer: Translator<z.infer<typeof attendedTransferEvent>> = (
  data,
  { receivedAt },
) => {
  const {
    OrigTransfererUniqueid: legId,
    SecondTransfererUniqueid: secondLegId = legId,
    TransfereeUniqueid: transferredLegId,
    TransferTargetUniqueid: targetLegId,
    SecondTransfererConnectedLineNum: secondNumber,
    TransferTargetCallerIDNum: targetNumber = secondNumber,
  } = data;
  return applied({
    kind: 'call-transfer',
    at: eventTime(data.Timestamp, receivedAt),
    flow: 'attended',
    transferrerLegIds: legId === secondLegId ? [legId] : [legId, secondLegId],
    ...(transferredLegId === undefined ? {} : { transferredLegId }),
    ...(targetLegId === undefined ? {} : { targetLegId }),
    targetNumber: targetNumber === '<unknown>' ? '' : targetNumber,
    ...resultOf('AttendedTransfer', data.Result, `${legId} ${secondLegId}`),
  });
};

/** One that failed may be tried again by the same legs, and is another one then. */
function resultOf(
  name: 'BlindTransfer' | 'AttendedTransfer',
  result: string,
  legs: string,
): Pick<TransferReport, 'teller' | 'transferId' | 'step' | 'cause'> {
  const succeeded = result === 'Success';
  return {
    teller: 'asterisk',
    transferId: `${name} ${result} ${legs}`,
    step: succeeded ? 'handed-over' : 'failed',
    cause: succeeded ? name : `${name} ${result}`,
  };
}
