import type { DirectoryHolder } from '../directory/types.js';
import type { Metrics } from '../observability/index.js';
import { RefusalLog } from './refusal-log.js';
import { RefusalRecorder } from './refusal-recorder.js';

interface RefusalsParts {
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<Metrics, 'watchTables'>;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Makes the log of refusals and who writes it; organizations that go take their entries with them. */
export function createRefusals({ directory, metrics, now }: RefusalsParts): {
  readonly refusals: RefusalLog;
  readonly recorder: RefusalRecorder;
} {
  const refusals = new RefusalLog(now);
  directory.onChange(({ organizations }) => refusals.keepOnly(organizations));
  metrics.watchTables('console', () => ({
    entries: { refusals: refusals.size },
    evictions: refusals.evictions,
  }));
  return { refusals, recorder: new RefusalRecorder({ log: refusals, directory }) };
}
