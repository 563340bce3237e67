// Writes the JSON Schema of every event into openapi/events. Run after a change of src/rte/events:
//   npx tsx scripts/generate-event-schemas.ts

import { mkdir, writeFile } from 'node:fs/promises';

import { eventNames, extensionEventNames } from '../src/rte/events/event-catalogue.js';
import { eventSchemaFile } from '../src/rte/events/event-json-schema.js';

const folder = new URL('../openapi/events/', import.meta.url);

await mkdir(folder, { recursive: true });
for (const name of [...eventNames, ...extensionEventNames]) {
  const { fileName, text } = eventSchemaFile(name);
  await writeFile(new URL(fileName, folder), text);
}
