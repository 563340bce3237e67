import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../observability/index.js';
import { HUB_PATH } from './defaults.js';

/** What stands for paths that nobody serves, which are as many as people try. */
const UNKNOWN_ROUTE = 'unknown';
const NEGOTIATE = `${HUB_PATH}/negotiate`;

/**
 * Counts every answered request by its route, never by the path that was asked for. Transports of the
 * hub stay open as long as their connection, so they are left out; negotiations count.
 */
export function observeRequests(
  server: FastifyInstance,
  metrics: Pick<Metrics, 'requestAnswered'>,
): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = routeOf(request);
    if (route === HUB_PATH) return;
    const { method } = request;
    const seconds = reply.elapsedTime / 1000;
    metrics.requestAnswered({ method, route, status: reply.raw.statusCode, seconds });
  });
}

function routeOf(request: FastifyRequest): string {
  if (!request.is404) return request.routeOptions.url ?? UNKNOWN_ROUTE;
  // The hub answers before the router does, to which its paths are unknown.
  const path = request.url.toLowerCase().replace(/\/?(?:\?.*)?$/u, '');
  return path === HUB_PATH || path === NEGOTIATE ? path : UNKNOWN_ROUTE;
}
