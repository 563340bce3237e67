import type { BusEvent } from '../../support/wazo-bus.js';
import type { Agent } from '../../support/wazo-events.js';

/** A user's phone in a call that is no queue's. */
export interface Phone {
  readonly userUuid: string;
  readonly lineId: number;
  readonly number: string;
  /** As Asterisk dials it. */
  readonly dialString: string;
}

/** The phone of an agent. */
export function phoneOf(agent: Agent, name: string): Phone {
  return {
    userUuid: agent.userUuid,
    lineId: agent.agentId,
    number: String(1000 + agent.agentId),
    dialString: `PJSIP/${name}`,
  };
}

/** One leg of a call, as Asterisk numbers it. */
export interface Leg {
  readonly uniqueid: string;
  readonly linkedid: string;
  /** Undefined for a trunk's leg. */
  readonly phone?: Phone;
  readonly isCaller: boolean;
  /** The number of the leg itself, and of the other party. */
  readonly number: string;
  readonly peer: string;
  readonly dialled: string;
}

/** call_created, call_updated, call_answered or call_ended of wazo-calld. */
export function report(name: string, leg: Leg, status: string, extra: object = {}): BusEvent {
  const swapped = name === 'call_ended';
  return {
    name,
    data: {
      call_id: leg.uniqueid,
      conversation_id: leg.linkedid,
      user_uuid: leg.phone?.userUuid ?? null,
      line_id: leg.phone?.lineId ?? null,
      status,
      on_hold: false,
      is_caller: leg.isCaller,
      direction: 'inbound',
      caller_id_number: swapped ? leg.peer : leg.number,
      peer_caller_id_number: swapped ? leg.number : leg.peer,
      dialed_extension: leg.dialled,
      ...extra,
    },
  };
}

/** call_held or call_resumed. */
export function hold(name: 'call_held' | 'call_resumed', uniqueid: string, phone: Phone): BusEvent {
  return { name, data: { call_id: uniqueid, user_uuid: phone.userUuid } };
}

/** The leg is gone: Asterisk's Hangup and wazo-calld's call_ended. */
export function legEnds(leg: Leg, code = 16, text = 'Normal Clearing'): BusEvent[] {
  const cause = { Cause: String(code), 'Cause-txt': text };
  const about = { Uniqueid: leg.uniqueid, Linkedid: leg.linkedid };
  return [
    { name: 'Hangup', data: { Event: 'Hangup', ...about, ...cause } },
    report('call_ended', leg, 'Down', { reason_code: code }),
  ];
}

/** The leg's phone asks to hang up. */
export function hangupRequest({ uniqueid }: Leg): BusEvent {
  return { name: 'HangupRequest', data: { Event: 'HangupRequest', Uniqueid: uniqueid } };
}

/** ParkedCall, UnParkedCall, ParkedCallTimeOut or ParkedCallGiveUp of the channel that waits. */
export function parking(name: string, uniqueid: string, parker: Phone): BusEvent {
  return {
    name,
    data: {
      Event: name,
      ParkeeUniqueid: uniqueid,
      ParkeeLinkedid: uniqueid,
      ParkerDialString: parker.dialString,
      Parkinglot: 'parkinglot-1',
      ParkingSpace: '701',
      ParkingTimeout: '45',
      ParkingDuration: '0',
    },
  };
}
