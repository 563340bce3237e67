import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** What pages need beyond the headers that CORS shows anyway: paging, ETags, waiting, the hub's time. */
const EXPOSED_HEADERS = ['Date', 'ETag', 'Link', 'Location', 'Retry-After', 'WWW-Authenticate'];

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** How long a browser need not ask again, in seconds; longer than most of them heed. */
const PREFLIGHT_MAX_AGE = 7_200;

/**
 * Lets pages of other origins use the REST paths and the token endpoint (Fetch standard, section
 * 3.2), those that may connect to the hub, which answers for its own paths. Everybody else is
 * answered as without it, so that browsers keep the answers from their pages. Cookies are not let
 * in: there are none. Register it before the routes.
 * @param allowedOrigins exact origins, e.g. `https://ui.example`
 */
export function registerCors(server: FastifyInstance, allowedOrigins: readonly string[]): void {
  if (allowedOrigins.length === 0) return;
  void server.register(cors, {
    origin: (origin, answer) =>
      answer(null, origin !== undefined && allowedOrigins.includes(origin)),
    methods: METHODS,
    // The headers that are asked for are allowed: the origin is trusted, and clients have their own.
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_MAX_AGE,
    strictPreflight: false,
  });
}
