// Writes what an operator has to know of each figure. Run after a change of src/observability:
//   npx tsx scripts/generate-metrics.ts

import { writeFile } from 'node:fs/promises';
import { metricsDocument } from './metrics-document.js';

await writeFile(
  new URL('../src/observability/METRICS.md', import.meta.url),
  await metricsDocument(),
);
