import type { CompletionMessage, CompletionOutcome, HubMessage } from './messages.js';
import { ProtocolError } from './protocol-error.js';

/** The elements of a message, not looked at. */
type Elements = readonly unknown[];

/** Result kinds of a completion (HubProtocol, "Completion Message Encoding"). */
export const resultKinds = { error: 1, void: 2, result: 3 } as const;

/**
 * One hub message from its decoded array. Elements behind those known are passed over, nil counts
 * as absent, and an invocation may end before its stream ids, as that of the JavaScript client does.
 * @throws {ProtocolError} for a missing or wrongly typed element
 */
export function parseElements(value: unknown): HubMessage {
  if (!Array.isArray(value)) throw new ProtocolError('Expected the message to be an array.');
  const elements: Elements = value;
  const type = elements[0];
  if (typeof type !== 'number' || !Number.isInteger(type)) {
    throw new ProtocolError("Expected 'messageType' to be an integer.");
  }
  switch (type) {
    case 1:
      return { kind: 'invocation', ...optionalId(elements), ...call(elements) };
    case 2:
      return { kind: 'streamItem', invocationId: requiredId(elements), item: item(elements) };
    case 3:
      return completion(elements);
    case 4:
      return { kind: 'streamInvocation', invocationId: requiredId(elements), ...call(elements) };
    case 5:
      return { kind: 'cancelInvocation', invocationId: requiredId(elements) };
    case 6:
      return { kind: 'ping' };
    case 7:
      return close(elements);
    case 8:
      return { kind: 'ack', sequenceId: sequenceId(elements) };
    case 9:
      return { kind: 'sequence', sequenceId: sequenceId(elements) };
    default:
      return { kind: 'unknown', type };
  }
}

function call(elements: Elements) {
  const target = elements[3];
  if (typeof target !== 'string') throw expected('target', 'a string');
  const args: unknown = elements[4];
  if (!Array.isArray(args)) throw expected('arguments', 'an array');
  return { target, arguments: args, ...streamIds(elements) };
}

function streamIds(elements: Elements): { streamIds?: readonly string[] } {
  const ids: unknown = elements[5] ?? undefined;
  if (ids === undefined) return {};
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw expected('streamIds', 'an array of strings');
  }
  return ids.length === 0 ? {} : { streamIds: ids };
}

function item(elements: Elements): unknown {
  if (elements.length < 4) throw expected('item', 'there');
  return elements[3];
}

function completion(elements: Elements): CompletionMessage {
  const invocationId = requiredId(elements);
  return { kind: 'completion', invocationId, outcome: completionOutcome(elements) };
}

function completionOutcome(elements: Elements): CompletionOutcome {
  const [, , , kind, value] = elements;
  switch (kind) {
    case resultKinds.error:
      if (typeof value !== 'string') throw expected('error', 'a string');
      return { kind: 'error', error: value };
    case resultKinds.void:
      return { kind: 'void' };
    case resultKinds.result:
      if (elements.length < 5) throw expected('result', 'there');
      return { kind: 'result', value };
    default:
      throw new ProtocolError('Invalid invocation result kind.');
  }
}

function close(elements: Elements): HubMessage {
  if (elements.length < 2) throw expected('error', 'there');
  const error = elements[1] ?? undefined;
  if (error !== undefined && typeof error !== 'string') throw expected('error', 'a string');
  const allowReconnect = elements[2] ?? undefined;
  if (allowReconnect !== undefined && typeof allowReconnect !== 'boolean') {
    throw expected('allowReconnect', 'a boolean');
  }
  return {
    kind: 'close',
    ...(error === undefined ? {} : { error }),
    ...(allowReconnect === undefined ? {} : { allowReconnect }),
  };
}

function sequenceId(elements: Elements): number {
  const id = elements[1];
  if (typeof id !== 'number' || !Number.isInteger(id)) throw expected('sequenceId', 'an integer');
  return id;
}

/** An empty id counts as none, as in the JSON protocol. */
function optionalId(elements: Elements): { invocationId?: string } {
  checkHeaders(elements[1]);
  const id = elements[2] ?? undefined;
  if (id !== undefined && typeof id !== 'string') throw expected('invocationId', 'a string');
  return id === undefined || id === '' ? {} : { invocationId: id };
}

function requiredId(elements: Elements): string {
  const { invocationId } = optionalId(elements);
  if (invocationId === undefined) throw expected('invocationId', 'there');
  return invocationId;
}

/** Headers mean nothing here, but what stands in their place must be some. */
function checkHeaders(headers: unknown): void {
  const isMap = typeof headers === 'object' && !Array.isArray(headers);
  if (!isMap) throw expected('headers', 'a map');
}

function expected(name: string, what: string): ProtocolError {
  return new ProtocolError(`Expected '${name}' to be ${what}.`);
}
