import { HUB_PATH } from './defaults.js';

/** What a client is told about where the hub is. */
export interface EndpointUrls {
  /** In the scheme the settings ask for; `wss` is the vendor's. */
  readonly wssEndpoint: string;
  /** Its http(s) twin, for clients whose SignalR library refuses wss:// URLs. */
  readonly url: string;
}

/**
 * The hub's addresses below a base URL. Without TLS in the base, wss becomes ws and https http.
 * @param base http(s) URL without trailing slash
 */
export function endpointUrls(base: string, scheme: 'wss' | 'https'): EndpointUrls {
  const url = `${base}${HUB_PATH}`;
  switch (scheme) {
    case 'wss':
      return { wssEndpoint: url.replace(/^http/u, 'ws'), url };
    case 'https':
      return { wssEndpoint: url, url };
  }
}

/**
 * The base URL by which a client reached the server.
 * @param protocol `http` or `https`
 * @param host the Host header
 * @returns undefined when the header is no host
 */
export function requestBase(protocol: string, host: string): string | undefined {
  const base = `${protocol}://${host}`;
  if (!/^[\w.:[\]-]+$/u.test(host) || !URL.canParse(base)) return undefined;
  return new URL(base).origin;
}
