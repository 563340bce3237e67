import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  eventNames as documentedNames,
  extensionEventNames,
} from '../../../src/rte/events/event-catalogue.js';
import { eventJsonSchema, eventSchemaFile } from '../../../src/rte/events/event-json-schema.js';

const fieldSchemas = z.record(z.string(), z.object({ description: z.string().optional() }));
const folder = new URL('../../../openapi/events/', import.meta.url);

const eventNames = [...documentedNames, ...extensionEventNames];

describe('openapi/events', () => {
  it('has one file per event and no other', async () => {
    const expected = eventNames.map((name) => eventSchemaFile(name).fileName);
    expect((await readdir(folder)).sort()).toEqual(expected.sort());
  });

  it.each(eventNames)(
    '%s is as the source says (else run generate-event-schemas)',
    async (name) => {
      const { fileName, text } = eventSchemaFile(name);
      expect(await readFile(new URL(fileName, folder), 'utf8')).toBe(text);
    },
  );

  it.each(eventNames)('%s describes each of its fields', (name) => {
    const { properties } = eventJsonSchema(name);
    const undescribed = Object.entries(fieldSchemas.parse(properties)).filter(
      ([, { description }]) => !description?.endsWith('.'),
    );
    expect(undescribed).toEqual([]);
  });

  it('marks the events that the RTE does not have, and no others', () => {
    const marked = eventNames.filter((name) => eventJsonSchema(name)['x-rte-extension'] === true);
    expect(marked).toEqual(extensionEventNames);
  });
});
