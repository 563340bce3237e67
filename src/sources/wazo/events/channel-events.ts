import {
  chanSpyEvent,
  fullyBootedEvent,
  hangupEvent,
  parkedCallEvent,
  reloadEvent,
  varSetEvent,
} from '../ami-event.js';
import { asteriskBooted, moduleReloaded } from '../translate-asterisk.js';
import { channelEnded, hangupRequested } from '../translate-channel.js';
import { callParked, callUnparked } from '../translate-parking.js';
import { supervision } from '../translate-supervision.js';
import { variableSet } from '../translate-variable.js';
import { becomesEvent, callsForResync, changesState } from './event-row.js';

const publisher = 'asterisk';

/** Asterisk's channels, its parking places, and Asterisk itself. */
export const channelEvents = {
  HangupRequest: changesState({
    publisher,
    schema: hangupEvent,
    translate: hangupRequested,
    rteEvents: ['UserCallInDisconnected', 'UserCallOutDisconnected'],
    note: 'Tells which side ended a call.',
  }),
  Hangup: changesState({
    publisher,
    schema: hangupEvent,
    translate: channelEnded,
    rteEvents: [
      'QueueCallInDisconnected',
      'UserCallInDisconnected',
      'UserCallOutDisconnected',
      'CallbackChanged',
      'QueueStatus',
      'UserStatus',
    ],
  }),
  ParkedCall: parking(callParked),
  ParkedCallSwap: parking(callParked),
  UnParkedCall: parking(callUnparked),
  ParkedCallGiveUp: parking(callUnparked),
  ParkedCallTimeOut: parking(callUnparked),
  ChanSpyStart: spying('started'),
  ChanSpyStop: spying('stopped'),
  VarSet: becomesEvent({
    publisher,
    schema: varSetEvent,
    translate: variableSet,
    rteEvents: ['QueueCallInOverflow'],
    note: 'QUEUESTATUS tells why a queue let go of a caller.',
    unasked: 'an exchange cannot choose by variable, and each call sets hundreds.',
  }),
  FullyBooted: callsForResync({ publisher, schema: fullyBootedEvent, translate: asteriskBooted }),
  Reload: callsForResync({ publisher, schema: reloadEvent, translate: moduleReloaded }),
} as const;

function parking(translate: typeof callParked) {
  return changesState({ publisher, schema: parkedCallEvent, translate, rteEvents: ['UserStatus'] });
}

function spying(step: 'started' | 'stopped') {
  return becomesEvent({
    publisher,
    schema: chanSpyEvent,
    translate: supervision(step),
    rteEvents: ['UserSupervisionStatus'],
    note: 'Whether the supervisor can be heard is not told.',
  });
}
