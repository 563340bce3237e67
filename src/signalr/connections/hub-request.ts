import type { IncomingHttpHeaders } from 'node:http';

/** A request to the hub's address, before anything about it is trusted. */
export interface HubRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly remoteAddress: string;
  /** Value of `id=`: the connection token. */
  readonly id: string | undefined;
  /** Bearer token: from the Authorization header, else from `access_token=`. */
  readonly token: string | undefined;
  /** The other query values, names in lower case; of repeated ones the first. */
  readonly query: ReadonlyMap<string, string>;
}

/** Query names that carry credentials; they stay out of what hosts and logs see. */
const CREDENTIALS = new Set(['id', 'access_token']);

/** What is looked at of a request; Node's IncomingMessage is one. */
export interface RawRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** @param remoteAddress where it comes from, when that is not who holds the socket */
export function readHubRequest(
  request: RawRequest,
  remoteAddress = request.socket.remoteAddress ?? '',
): HubRequest {
  const values = readQuery(request.url ?? '');
  return {
    method: request.method ?? '',
    headers: request.headers,
    remoteAddress,
    id: values.get('id') || undefined,
    token: bearerToken(request.headers.authorization) ?? (values.get('access_token') || undefined),
    query: new Map([...values].filter(([name]) => !CREDENTIALS.has(name))),
  };
}

/** Names in lower case: ASP.NET Core reads them without regard to case. */
function readQuery(url: string): Map<string, string> {
  const values = new Map<string, string>();
  const start = url.indexOf('?');
  if (start < 0) return values;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    const key = name.toLowerCase();
    if (!values.has(key)) values.set(key, value);
  }
  return values;
}

/** RFC 6750 2.1; the scheme's name is case-insensitive (RFC 9110 11.1). */
function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)\s*$/i.exec(authorization ?? '')?.[1];
}
