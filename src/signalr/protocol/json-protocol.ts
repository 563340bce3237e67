import { Buffer } from 'node:buffer';
import type { HubMessage } from './messages.js';
import type {
  EncodedTemplate,
  HubProtocol,
  MessageReader,
  TemplateSource,
} from './hub-protocol.js';
import { parseEnvelope } from './json-parser.js';
import { decodeUtf8, parseJsonObject } from './json-value.js';
import { RecordReader } from './record-reader.js';

/** The JSON hub protocol (HubProtocol specification, "JSON Encoding"). */
export const jsonProtocol: HubProtocol = {
  name: 'json',
  transferFormat: 'text',
  // Version 2 differs only in that a client may use stateful reconnect, which it must also negotiate.
  supportsVersion: (version) => version === 1 || version === 2,
  createReader: (maxMessageBytes) => new JsonMessageReader(maxMessageBytes),
  encode: (message) => Buffer.from(`${JSON.stringify(envelope(message))}\u001e`),
  encodeTemplate,
  encodeValue: (value) => Buffer.from(stringify(value)),
  join: (template, value) => [template.head, value, template.tail],
};

class JsonMessageReader implements MessageReader {
  readonly #records: RecordReader;

  constructor(maxMessageBytes: number) {
    this.#records = new RecordReader(maxMessageBytes);
  }

  get bufferedBytes(): number {
    return this.#records.bufferedBytes;
  }

  push(chunk: Uint8Array): void {
    this.#records.push(chunk);
  }

  next(): HubMessage | undefined {
    const record = this.#records.next();
    return record && parseEnvelope(parseJsonObject(decodeUtf8(record)));
  }
}

function encodeTemplate({ target, constant, slot }: TemplateSource): EncodedTemplate {
  const members = stringify(constant).slice(1, -1);
  const open = `${members}${members === '' ? '' : ','}${stringify(slot)}:`;
  return {
    head: Buffer.from(`{"type":1,"target":${stringify(target)},"arguments":[{${open}`),
    tail: Buffer.from('}]}\u001e'),
  };
}

function stringify(value: unknown): string {
  // JSON.stringify gives undefined for what has no JSON form, whatever its declared type says.
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`A ${typeof value} can't be encoded as JSON.`);
  return text;
}

/** Members left undefined are not written: JS clients refuse `"invocationId":null`. */
function envelope(message: HubMessage): object {
  switch (message.kind) {
    case 'invocation':
      return { type: 1, ...call(message) };
    case 'streamItem':
      return { type: 2, invocationId: message.invocationId, item: message.item ?? null };
    case 'completion':
      return completion(message);
    case 'streamInvocation':
      return { type: 4, ...call(message) };
    case 'cancelInvocation':
      return { type: 5, invocationId: message.invocationId };
    case 'ping':
      return { type: 6 };
    case 'close':
      return { type: 7, error: message.error, allowReconnect: message.allowReconnect };
    case 'ack':
      return { type: 8, sequenceId: message.sequenceId };
    case 'sequence':
      return { type: 9, sequenceId: message.sequenceId };
    case 'unknown':
      throw new TypeError(`A message of the unknown type ${message.type} can't be written.`);
  }
}

function call(message: Extract<HubMessage, { target: string }>) {
  const { invocationId, target, streamIds } = message;
  return { invocationId, target, arguments: message.arguments, streamIds };
}

function completion(message: Extract<HubMessage, { kind: 'completion' }>) {
  const { invocationId, outcome } = message;
  switch (outcome.kind) {
    case 'void':
      return { type: 3, invocationId };
    case 'result':
      return { type: 3, invocationId, result: outcome.value ?? null };
    case 'error':
      return { type: 3, invocationId, error: outcome.error };
  }
}
