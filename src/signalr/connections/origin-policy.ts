import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether the request's page may use the hub (CWE-1385: browsers don't restrict WebSockets): one of
 * the hub's own host, or of exactly one of the listed origins. Requests without Origin don't come
 * from a page of another site and pass.
 */
export function originAllowed(
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): boolean {
  const { origin } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  // The scheme is not compared: behind a proxy that ends TLS it is not known here.
  return URL.canParse(origin) && new URL(origin).host === headers.host?.toLowerCase();
}

/** Response headers that let an allowed page read any answer, errors included. */
export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) return { Vary: 'Origin' };
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    // Else a page that is told to wait could not read for how long.
    'Access-Control-Expose-Headers': 'Retry-After',
    Vary: 'Origin',
  };
}

/** What a preflight is told besides. Echoing the asked-for headers suits every client. */
export function preflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const asked = headers['access-control-request-headers'];
  return {
    'Access-Control-Allow-Methods': 'GET, POST, DELETE',
    ...(asked === undefined ? {} : { 'Access-Control-Allow-Headers': asked }),
  };
}
