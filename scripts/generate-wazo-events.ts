// Writes what follows from each event of Wazo's bus. Run after a change of src/sources/wazo/events:
//   npx tsx scripts/generate-wazo-events.ts

import { writeFile } from 'node:fs/promises';
import { wazoEventsDocument } from './wazo-events-document.js';

await writeFile(
  new URL('../src/sources/wazo/EVENTS.md', import.meta.url),
  await wazoEventsDocument(),
);
