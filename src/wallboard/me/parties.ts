import { text } from '../texts/index.js';
import type { Desk } from './desk.js';
import type { OwnCall } from './calls/own-call.js';

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** Whether a target is the id of a user or a queue, and not a number. */
export function isId(target: string): boolean {
  return GUID.test(target);
}

/** The other party of a call, as it is shown. */
export function otherParty({ otherNumber }: OwnCall): string {
  return otherNumber === '' ? text.me.call.withheld : otherNumber;
}

/** The queue of a call: as its arrival or its events tell it, else by the number that was called. */
export function queueOf(call: OwnCall, desk: Desk): string | undefined {
  const arrival = desk.live.arrivals.value.get(call.callId);
  if (arrival !== undefined && call.isOfQueue !== false) return arrival.queueName;
  const queues = desk.queues.value ?? [];
  const byId = queues.find(({ id }) => id === call.queueId);
  if (byId !== undefined || call.isOfQueue === false) return byId?.name;
  return queues.find(({ numbers }) => numbers.includes(call.calledNumber))?.name;
}

/** Where the call came in: its queue, the own number, or out. */
export function placeOf(call: OwnCall, desk: Desk): string {
  if (call.direction === 'out') return text.me.call.outgoing;
  if (call.isOfQueue === false) return text.me.call.direct;
  return text.me.call.queue(queueOf(call, desk) ?? text.me.call.aQueue);
}

/** The target of a transfer: the name of a colleague or a queue, or the number. */
export function targetOf(target: string, desk: Desk): string {
  if (target === '') return text.me.call.transfer.unknownTarget;
  if (!isId(target)) return target;
  const queue = desk.queues.value?.find(({ id }) => id === target);
  return queue?.name ?? desk.names.of(target) ?? text.me.somebody;
}
