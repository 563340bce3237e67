import type { CompletionMessage, CompletionOutcome, HubMessage } from './messages.js';
import type { JsonObject } from './json-value.js';
import { ProtocolError } from './protocol-error.js';

/**
 * One hub message from its JSON object. Names of the envelope are case-sensitive, their order is
 * free, unknown ones are skipped, and null counts as absent (some clients write every optional
 * member). @throws {ProtocolError} for a missing or wrongly typed member
 */
export function parseEnvelope(envelope: JsonObject): HubMessage {
  const type = envelope['type'];
  if (type === undefined) throw new ProtocolError("Missing required property 'type'.");
  if (typeof type !== 'number' || !Number.isInteger(type)) {
    throw new ProtocolError("Expected 'type' to be an integer.");
  }
  switch (type) {
    case 1:
      return { kind: 'invocation', ...optionalId(envelope), ...call(envelope) };
    case 2:
      return { kind: 'streamItem', invocationId: requiredId(envelope), item: item(envelope) };
    case 3:
      return completion(envelope);
    case 4:
      return { kind: 'streamInvocation', invocationId: requiredId(envelope), ...call(envelope) };
    case 5:
      return { kind: 'cancelInvocation', invocationId: requiredId(envelope) };
    case 6:
      return { kind: 'ping' };
    case 7:
      return close(envelope);
    case 8:
      return { kind: 'ack', sequenceId: sequenceId(envelope) };
    case 9:
      return { kind: 'sequence', sequenceId: sequenceId(envelope) };
    default:
      return { kind: 'unknown', type };
  }
}

function call(envelope: JsonObject) {
  const target = optionalString(envelope, 'target');
  if (target === undefined) throw missing('target');
  const args: unknown = envelope['arguments'];
  if (args === undefined) throw missing('arguments');
  if (!Array.isArray(args)) throw new ProtocolError("Expected 'arguments' to be of type Array.");
  return { target, arguments: args, ...streamIds(envelope) };
}

function streamIds(envelope: JsonObject): { streamIds?: readonly string[] } {
  const ids: unknown = envelope['streamIds'] ?? undefined;
  if (ids === undefined) return {};
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw new ProtocolError("Expected 'streamIds' to be an array of strings.");
  }
  return ids.length === 0 ? {} : { streamIds: ids };
}

function completion(envelope: JsonObject): CompletionMessage {
  const error = optionalString(envelope, 'error');
  const hasResult = 'result' in envelope;
  // A result of null beside an error is what clients with fixed shapes write for "no result".
  if (error !== undefined && hasResult && envelope['result'] !== null) {
    throw new ProtocolError("The 'error' and 'result' properties are mutually exclusive.");
  }
  const outcome = ((): CompletionOutcome => {
    if (error !== undefined) return { kind: 'error', error };
    return hasResult ? { kind: 'result', value: envelope['result'] } : { kind: 'void' };
  })();
  return { kind: 'completion', invocationId: requiredId(envelope), outcome };
}

function close(envelope: JsonObject): HubMessage {
  const error = optionalString(envelope, 'error');
  const allowReconnect = envelope['allowReconnect'] ?? undefined;
  if (allowReconnect !== undefined && typeof allowReconnect !== 'boolean') {
    throw new ProtocolError("Expected 'allowReconnect' to be of type Boolean.");
  }
  return {
    kind: 'close',
    ...(error === undefined ? {} : { error }),
    ...(allowReconnect === undefined ? {} : { allowReconnect }),
  };
}

function item(envelope: JsonObject): unknown {
  if (!('item' in envelope)) throw missing('item');
  return envelope['item'];
}

function sequenceId(envelope: JsonObject): number {
  const id = envelope['sequenceId'];
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
    throw new ProtocolError("Missing required property 'sequenceId', or it is not an integer.");
  }
  return id;
}

/** An empty id counts as none, as in ASP.NET Core. */
function optionalId(envelope: JsonObject): { invocationId?: string } {
  const invocationId = optionalString(envelope, 'invocationId');
  return invocationId === undefined || invocationId === '' ? {} : { invocationId };
}

function requiredId(envelope: JsonObject): string {
  const { invocationId } = optionalId(envelope);
  if (invocationId === undefined) throw missing('invocationId');
  return invocationId;
}

function optionalString(envelope: JsonObject, name: string): string | undefined {
  const value = envelope[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new ProtocolError(`Expected '${name}' to be of type String.`);
}

function missing(name: string): ProtocolError {
  return new ProtocolError(`Missing required property '${name}'.`);
}
