import { v5 } from 'uuid';

/**
 * RTE wants guids where Asterisk has strings. Ids made here are UUIDv5 (RFC 9562 5.5) in the
 * namespace of the telephony system that the string comes from, so the same thing has the same id
 * after a restart and on every node. `origin` is that system's uuid.
 */
export function callGuid(origin: string, linkedId: string): string {
  return v5(`call:${linkedId}`, namespaceOf(origin));
}

/** One callback request per call and queue, however often the abandon is reported. */
export function callbackGuid(callId: string, queueId: string): string {
  return v5(`callback:${queueId}`, namespaceOf(callId));
}

/** One alert per queue and name, whatever becomes of its limit. */
export function alertGuid(queueId: string, name: string): string {
  return v5(`alert:${name}`, namespaceOf(queueId));
}

/** The id of something that a system counts instead of giving it a guid, as `queue:7` of a Wazo. */
export function entityGuid(origin: string, name: string): string {
  return v5(name, namespaceOf(origin));
}

/** A guid in lower case with hyphens, as Wazo and RTE write it; any version, also the zero guid. */
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a lower-case guid and so may be a namespace. */
export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** The library takes no namespace whose version it does not know, though any 16 bytes will do. */
function namespaceOf(guid: string): Uint8Array {
  return Buffer.from(guid.replaceAll('-', ''), 'hex');
}
