import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import type { EventRow, FormerEvent } from '../src/sources/wazo/events/event-row.js';
import { EVENT_TABLE, routingKeysOf } from '../src/sources/wazo/events/event-table.js';

const target = new URL('../src/sources/wazo/EVENTS.md', import.meta.url);

const INTRODUCTION = `# Events of Wazo's bus

Generated from the table in \`events/\` by \`npm run generate\`. Every event that the hub knows, with what follows from it; all other names are counted as \`unknown-name\` and dropped. The hub asks the bus for the events from which something follows, by name on a headers exchange and by key on the topic exchange of systems before Wazo 22. QueueParams, QueueMember, QueueEntry, QueueSummary and their ends are no events of the bus: they come in the answers of wazo-amid only.

Fields are those that the hub reads, \`?\` marks those that may be missing; others are ignored. A message whose fields are wrong is counted as malformed, logged once per event, and dropped.`;

const SECTIONS: readonly (readonly [EventRow['outcome'], string, string])[] = [
  ['changes state', 'Changes the state of users or queues', 'RTE events'],
  ['becomes an RTE event', 'Becomes an RTE event, without any state', 'RTE events'],
  ['changes the directory', 'Changes the directory', 'Part'],
  ['calls for a resynchronisation', 'Calls for a resynchronisation', ''],
  ['ends a login', 'Ends a login', ''],
  ['no consequence', 'Knowingly without consequence', 'Reason'],
];

/** EVENTS.md as it has to be, laid out by the project's own formatter. */
export async function wazoEventsDocument(): Promise<string> {
  const text = [INTRODUCTION, ...SECTIONS.map((section) => sectionOf(...section))].join('\n\n');
  return format(text, { ...(await resolveConfig(target)), filepath: target.pathname });
}

function sectionOf(outcome: EventRow['outcome'], title: string, followsTitle: string): string {
  const rows = Object.entries<EventRow>(EVENT_TABLE).filter(([, row]) => row.outcome === outcome);
  const lines = rows.flatMap(([name, row]) => [
    line({ name, ...row }, follows(row)),
    ...row.formerly.map((before) => line(before, `as ${code(name)}`)),
  ]);
  const head = ['Event', 'From', 'Topic key', 'Fields', followsTitle];
  return [`## ${title} (${String(rows.length)})`, '', cells(head), cells(head.map(() => '---'))]
    .concat(lines)
    .join('\n');
}

function line(event: Omit<FormerEvent, 'read'>, consequence: string): string {
  const keys = routingKeysOf(event).map(code).join(' ');
  return cells([code(event.name), event.publisher, keys, fieldsOf(event.schema), consequence]);
}

function follows(row: EventRow): string {
  const unasked = row.unasked === undefined ? '' : ` Not asked for: ${row.unasked}`;
  const note = `${row.note === undefined ? '' : ` ${row.note}`}${unasked}`;
  switch (row.outcome) {
    case 'changes state':
    case 'becomes an RTE event':
      return `${row.rteEvents.join(', ')}.${note}`;
    case 'changes the directory':
      return row.part;
    case 'calls for a resynchronisation':
    case 'ends a login':
      return note;
    case 'no consequence':
      return row.reason;
  }
}

const fieldsSchema = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

const alternativesSchema = z.object({ anyOf: z.array(z.unknown()) });

/** The names of the fields that a schema reads; those of all its shapes when it has several. */
function fieldsOf(schema: z.ZodType): string {
  const shapes = shapesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const names = [...new Set(shapes.flatMap((shape) => Object.keys(shape.properties)))];
  return names
    .map((name) => {
      const always = shapes.every((shape) => shape.required.includes(name));
      return code(always ? name : `${name}?`);
    })
    .join(' ');
}

function shapesOf(jsonSchema: unknown): readonly z.infer<typeof fieldsSchema>[] {
  const alternatives = z
    .union([alternativesSchema, z.object({ oneOf: z.array(z.unknown()) })])
    .safeParse(jsonSchema);
  if (!alternatives.success) return [fieldsSchema.parse(jsonSchema)];
  const { data } = alternatives;
  return ('anyOf' in data ? data.anyOf : data.oneOf).flatMap((one) => shapesOf(one));
}

function code(text: string): string {
  return `\`${text}\``;
}

function cells(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
