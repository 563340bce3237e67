import { Buffer } from 'node:buffer';
import type { HubProtocol, TransferFormat } from './hub-protocol.js';
import { decodeUtf8, leadingObjectLength, parseJsonObject } from './json-value.js';
import { ProtocolError } from './protocol-error.js';

/** What a client's first record asks for. */
export interface HandshakeRequest {
  readonly protocol: string;
  readonly version: number;
}

/** Texts that ASP.NET Core sends; clients show them as they are. */
export const handshakeErrors = {
  canceled: 'Handshake was canceled.',
  malformed: 'An unexpected error occurred during connection handshake.',
  unknownProtocol: (name: string) => `The protocol '${name}' is not supported.`,
  unknownVersion: ({ protocol, version }: HandshakeRequest) =>
    `The server does not support version ${version} of the '${protocol}' protocol.`,
  wrongFormat: (name: string) =>
    `Cannot use the '${name}' protocol on the current transport. ` +
    `The transport does not support 'Binary' transfer format.`,
} as const;

/** Exactly this: any key more breaks one client or another. */
export const HANDSHAKE_ACCEPTED: Uint8Array = Buffer.from('{}\u001e');

/** The record that refuses a handshake; no Close message follows it. */
export function formatHandshakeError(error: string): Uint8Array {
  return Buffer.from(`${JSON.stringify({ error })}\u001e`);
}

/**
 * Reads the handshake record (without separator). Unknown members are skipped, and so is
 * whatever follows the first object. @throws {ProtocolError}
 */
export function parseHandshakeRequest(record: Buffer): HandshakeRequest {
  const text = decodeUtf8(record);
  const request = parseJsonObject(text.slice(0, leadingObjectLength(text) ?? text.length));
  const { protocol, version } = request;
  if (typeof protocol !== 'string') {
    throw new ProtocolError("Missing required property 'protocol', or it is not a string.");
  }
  if (typeof version !== 'number' || !Number.isInteger(version)) {
    throw new ProtocolError("Missing required property 'version', or it is not an integer.");
  }
  return { protocol, version };
}

/** The protocol that a handshake asks for, or the text to refuse it with. */
export function chooseProtocol(
  request: HandshakeRequest,
  protocols: readonly HubProtocol[],
  formats: readonly TransferFormat[],
): { readonly protocol: HubProtocol } | { readonly error: string } {
  const name = request.protocol.toLowerCase();
  const protocol = protocols.find((known) => known.name === name);
  if (protocol === undefined) return { error: handshakeErrors.unknownProtocol(request.protocol) };
  if (!protocol.supportsVersion(request.version)) {
    return {
      error: handshakeErrors.unknownVersion({ protocol: protocol.name, version: request.version }),
    };
  }
  if (!formats.includes(protocol.transferFormat)) {
    return { error: handshakeErrors.wrongFormat(protocol.name) };
  }
  return { protocol };
}
