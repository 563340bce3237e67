export { HealthRegistry, type HealthComponent } from './health.js';
export { createLogger, type Logger } from './logger.js';
export { createMetrics, type Metrics } from './metrics.js';
export { pathOf, redactText } from './redaction.js';
