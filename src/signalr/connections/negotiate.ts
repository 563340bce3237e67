import type { ConnectionIds } from './connection-manager.js';
import type { TransportName } from './transports/transport.js';

const NEWEST_VERSION = 1;

/** A transport as negotiate lists it. */
interface AvailableTransport {
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

/** Where a client shall negotiate instead. */
export interface Redirect {
  /** Of the other hub, without /negotiate. */
  readonly url: string;
  /** Bearer token for it; clients use it from then on. Some Swift clients insist on one. */
  readonly accessToken?: string;
}

/** The reply's body. The token appears from version 1 on; before, the id serves as one. */
export function negotiateReply(
  version: 0 | 1,
  negotiated: ConnectionIds & { readonly stateful: boolean },
  transports: readonly TransportName[],
): object {
  return {
    negotiateVersion: version,
    connectionId: negotiated.id,
    ...(version === 1 ? { connectionToken: negotiated.token } : {}),
    availableTransports: AVAILABLE.filter(({ transport }) => transports.includes(transport)),
    // JS clients fail when they are granted what they did not ask for.
    ...(negotiated.stateful ? { useStatefulReconnect: true } : {}),
  };
}

export function redirectReply(version: 0 | 1, { url, accessToken }: Redirect): object {
  return {
    negotiateVersion: version,
    url,
    ...(accessToken === undefined ? {} : { accessToken }),
  };
}

/** In order of preference. Nothing else may be listed: some clients throw on unknown names. */
const AVAILABLE: readonly AvailableTransport[] = [
  { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
  { transport: 'ServerSentEvents', transferFormats: ['Text'] },
  { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
];
