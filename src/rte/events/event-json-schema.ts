import { z } from 'zod';

import { eventCatalogue, extensionEventNames, type RteEventName } from './event-catalogue.js';

/**
 * The JSON Schema (draft 2020-12) of what a message of the event carries as `data`. An event that
 * the RTE does not have is marked by `x-rte-extension`.
 */
export function eventJsonSchema(name: RteEventName): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(eventCatalogue[name].schema, {
    // The formats (uuid, date-time) say the same as the patterns, and people can read them.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  const mark = extensionEventNames.includes(name) ? { 'x-rte-extension': true } : {};
  return { $schema, title: name, ...mark, ...rest };
}

/** The text of the event's schema file: indented JSON that ends in a line feed. */
export function eventSchemaFile(name: RteEventName): { fileName: string; text: string } {
  const text = `${JSON.stringify(eventJsonSchema(name), null, 2)}\n`;
  return { fileName: `${name}.schema.json`, text };
}
