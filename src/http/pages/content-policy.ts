import type { FastifyHelmetOptions } from '@fastify/helmet';
import { requestBase } from '../endpoint-urls.js';

/** What the policy of a page depends on. */
interface PageRequest {
  readonly headers: { readonly host?: string | undefined };
}

/**
 * The security headers of the wallboard's pages: they load nothing but their own files and talk to
 * nobody but the hub, as the browser reached it or as the settings say that it is reached.
 * @param publicUrl base of the URLs that the hub hands out; undefined when that is the request's
 */
export function pageHeaders(publicUrl: string | undefined): FastifyHelmetOptions {
  const origins = publicUrl === undefined ? [] : withWebSocket(new URL(publicUrl).origin);
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'manifest-src': ["'self'"],
        // Not every browser takes 'self' for the WebSocket of the same host.
        'connect-src': ["'self'", ...origins, (request) => webSocketsOf(request)],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Whether a host is always reached with TLS is for the proxy that has the certificate to say.
    strictTransportSecurity: false,
    // Browsers ignore both without TLS, and complain of it in their console.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  };
}

function webSocketsOf({ headers: { host = '' } }: PageRequest): string {
  const base = requestBase('http', host);
  if (base === undefined) return '';
  const { host: checked } = new URL(base);
  return `ws://${checked} wss://${checked}`;
}

function withWebSocket(origin: string): string[] {
  return [origin, origin.replace(/^http/u, 'ws')];
}
