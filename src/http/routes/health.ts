import type { FastifyInstance } from 'fastify';
import type { HealthRegistry } from '../../observability/index.js';

/**
 * `/healthz/live` answers 200 as long as the process answers at all; `/healthz/ready` is 503 with
 * the reasons while the hub should get no traffic.
 */
export function registerHealthRoutes(
  server: FastifyInstance,
  health: Pick<HealthRegistry, 'readiness'>,
): void {
  server.get('/healthz/live', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ Status: 'live' }),
  );
  server.get('/healthz/ready', (_request, reply) => {
    const { ready, reasons } = health.readiness();
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ Status: ready ? 'ready' : 'not ready', Reasons: reasons });
  });
}
