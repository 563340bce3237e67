// Writes who may see what. Run after a change of src/rte/access-table.ts:
//   npx tsx scripts/generate-access-table.ts

import { writeFile } from 'node:fs/promises';
import { accessDocument } from './access-document.js';

await writeFile(new URL('../src/rte/ACCESS.md', import.meta.url), await accessDocument());
