import { legIdOf, type PortsipCall, type PortsipLeg } from './call-table.js';
import { memberOf } from './members.js';
import { queueCall } from './queue-caller.js';
import type { MessageOf, TranslationContext } from './translation.js';

/** An endpoint that a call is offered to. */
export interface Endpoint {
  readonly call: PortsipCall;
  readonly number: string;
  readonly leg: PortsipLeg;
}

/** A step of an endpoint, and the message that tells it. */
export interface Target extends Endpoint {
  readonly message: MessageOf<'cdr_target'>;
}

/** What the projections want to know of a queue's call that is offered to an endpoint. */
export function offerOf(
  call: PortsipCall,
  number: string,
  queueId: string,
  context: TranslationContext,
) {
  return {
    ...queueCall(call, { id: queueId }, context),
    offerId: legIdOf(call.sessionId, number),
    member: memberOf(call.tenantId, number, context.index),
    memberNumber: number,
  };
}
