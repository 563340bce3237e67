import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { oneOf, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

/** pino's levels, from the most to the least that is logged. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const setting = settingGroup('Operation');

/** The settings of this group, by the name of their environment variable. */
export const operationSchema = z.object({
  RTE_LOG_LEVEL: setting(oneOf(LOG_LEVELS), {
    meaning: `least severity that is logged: ${LOG_LEVELS.join(', ')}`,
    defaultText: DEFAULTS.logLevel,
  }),
  RTE_CONNECTION_LIMIT: setting(wholeNumber(1, 1_000_000), {
    meaning: 'most connections at a time; further ones are refused',
    defaultText: String(DEFAULTS.connectionLimit),
  }),
  RTE_DRAIN_SECONDS: setting(wholeNumber(0, 300, 'seconds'), {
    meaning: 'longest time a stop takes to part with its clients',
    defaultText: String(DEFAULTS.drainSeconds),
  }),
});

type OperationValues = z.infer<typeof operationSchema>;

/** Bounds of the process that clients notice. */
export interface OperationSettings {
  readonly connectionLimit: number;
  readonly drainSeconds: number;
}

/** Completes what is set with the defaults. */
export function operationSettings(values: OperationValues): OperationSettings {
  return {
    connectionLimit: values.RTE_CONNECTION_LIMIT ?? DEFAULTS.connectionLimit,
    drainSeconds: values.RTE_DRAIN_SECONDS ?? DEFAULTS.drainSeconds,
  };
}

/** The least severity that is logged. */
export function logLevel(values: OperationValues): (typeof LOG_LEVELS)[number] {
  return values.RTE_LOG_LEVEL ?? DEFAULTS.logLevel;
}
