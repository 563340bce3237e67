export { HealthRegistry, type HealthComponent } from './health.js';
export { createLogger, type Logger } from './logger.js';
export { FIGURE_GROUPS, type Figure } from './figure-book.js';
export { PROCESS_FIGURES } from './figures/process-figures.js';
export { createMetrics, type Metrics } from './metrics.js';
export { pathOf, redactText } from './redaction.js';
