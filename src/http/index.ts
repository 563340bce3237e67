export { listen, type Address } from './address.js';
export { HUB_PATH } from './defaults.js';
export { endpointUrls } from './endpoint-urls.js';
export { registerHealthRoutes } from './routes/health.js';
export { registerMetricsRoute } from './routes/metrics.js';
export { registerTokenRoute, type TokenRouteOptions } from './routes/token.js';
export { registerRest } from './rest/register-rest.js';
export type { RestOptions } from './rest/services.js';
export { createHttpServer } from './server.js';
