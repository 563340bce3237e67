import type { TransferFormat } from '../protocol/hub-protocol.js';
import type { ConnectionIds } from './connection-manager.js';
import type { TransportName } from './transports/transport.js';

const NEWEST_VERSION = 1;

/** A transport as negotiate lists it. */
export interface AvailableTransport {
  readonly transport: TransportName;
  readonly transferFormats: readonly ('Text' | 'Binary')[];
}

/** The version to answer with, or the error text for the reply. */
export type NegotiateVersion = { readonly version: 0 | 1 } | { readonly error: string };

/**
 * Reads the query's negotiateVersion (TransportProtocols, "POST negotiate"): none means 0,
 * too new means the newest known one.
 * @param minimum oldest version that this server answers
 */
export function negotiateVersion(text: string | undefined, minimum: 0 | 1): NegotiateVersion {
  if (text !== undefined && !/^\s*[+-]?\d+\s*$/.test(text)) {
    return { error: 'The client requested a non-integer protocol version.' };
  }
  const requested = Number(text ?? 0);
  if (requested < minimum) {
    return {
      error: `The client requested version '${requested}', but the server does not support this version.`,
    };
  }
  return { version: requested >= NEWEST_VERSION ? 1 : 0 };
}

/** The reply's body. The token appears from version 1 on; before, the id serves as one. */
export function negotiateReply(
  version: 0 | 1,
  ids: ConnectionIds,
  availableTransports: readonly AvailableTransport[],
): object {
  return {
    negotiateVersion: version,
    connectionId: ids.id,
    ...(version === 1 ? { connectionToken: ids.token } : {}),
    availableTransports,
  };
}

/** Only what is served may be listed, in order of preference: some clients throw on unknown names. */
export const availableTransports: readonly AvailableTransport[] = [
  { transport: 'WebSockets', transferFormats: formats('text', 'binary') },
];

function formats(...names: readonly TransferFormat[]): readonly ('Text' | 'Binary')[] {
  return names.map((name) => (name === 'text' ? 'Text' : 'Binary'));
}
