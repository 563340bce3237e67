import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../observability/index.js';

/** `/metrics`: all figures in Prometheus' text format. */
export function registerMetricsRoute(
  server: FastifyInstance,
  metrics: Pick<Metrics, 'contentType' | 'text'>,
): void {
  server.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
