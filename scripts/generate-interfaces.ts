// Writes openapi/openapi.json and openapi/asyncapi.json: npm run generate

import { writeFile } from 'node:fs/promises';

import { interfaceDocuments } from './interface-documents.js';

for (const { file, text } of await interfaceDocuments()) await writeFile(file, text);
