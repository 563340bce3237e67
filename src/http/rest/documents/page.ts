import { z } from 'zod';
import { noBody, type AnswerBody, type DescribedOperation } from '../operation.js';
import type { CatalogueEntry, EventCatalogue, JsonSchema } from '../services.js';
import { inlineSchema } from './component-schemas.js';
import { PAGE_STYLE } from './page-policy.js';
import { problemAnswers } from './problem-answers.js';

/** The operations and the events as one page of HTML, without scripts and without other files. */
export function documentationPage(
  operations: readonly DescribedOperation[],
  { events }: EventCatalogue,
): string {
  const tags = [...new Set(operations.map(({ tag }) => tag))];
  const sections = tags.map((tag) => {
    const ofTag = operations.filter((one) => one.tag === tag);
    return `<section><h2>${escape(tag)}</h2>${ofTag.map(operationEntry).join('')}</section>`;
  });
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>rte-hub: interfaces</title><style>${PAGE_STYLE}</style></head>
<body>
<h1>rte-hub</h1>
<p>Its REST interface (<a href="openapi.json">OpenAPI</a>), and the events of its SignalR hub at
<code>/rte</code> (<a href="asyncapi.json">AsyncAPI</a>).</p>
${sections.join('\n')}
<section><h2>Messages of the hub</h2>
<p>Subscribe to an event of an entity with <code>Subscribe([{EntityId, EventName}])</code>; each
arrives as <code>MessageReceived({subscription, data})</code> with these fields in
<code>data</code>.</p>
${events.map(eventEntry).join('')}</section>
</body>
</html>
`;
}

function operationEntry(one: DescribedOperation): string {
  const title = `<span class="method">${one.method}</span> <code>${escape(one.path)}</code>`;
  const login = one.access === 'open' ? 'Needs no login.' : 'Needs a login.';
  const parts = [
    paragraph(`${one.description ?? ''} ${login}`.trim()),
    fieldTable('Query', inlineSchema(one.query)),
    one.body === noBody ? '' : fieldTable('Body', inlineSchema(one.body)),
    answers(one),
  ];
  return entry(`${title} ${escape(one.summary)}`, parts);
}

function answers(one: DescribedOperation): string {
  const done = Object.entries(one.success).map(([status, { description, body }]) => [
    status,
    `${description} ${bodyText(body)}`.trim(),
  ]);
  const problems = Object.entries(problemAnswers(one)).map(([status, { description }]) => [
    status,
    String(description),
  ]);
  return table(['Status', 'Meaning'], [...done, ...problems]);
}

function bodyText(body: AnswerBody | undefined): string {
  if (body?.kind === 'event') return `The fields of ${body.name}.`;
  return body?.kind === 'event-list' ? `Each has the fields of ${body.name}.` : '';
}

function eventEntry({ name, isExtension, schema }: CatalogueEntry): string {
  const { description = '' } = described.parse(schema);
  const note = isExtension ? ' (of this hub)' : '';
  return entry(`<code>${escape(name)}</code>${note} ${escape(description)}`, [
    fieldTable('Field', schema),
  ]);
}

const described = z.looseObject({ description: z.string().optional() });

const fields = z.looseObject({
  properties: z.record(z.string(), described).optional(),
  anyOf: z.array(z.looseObject({})).optional(),
});

function fieldTable(title: string, schema: JsonSchema): string {
  const { properties, anyOf } = fields.parse(schema);
  const inner = properties ?? fields.parse(anyOf?.[0] ?? {}).properties ?? {};
  const rows = Object.entries(inner).map(([name, field]) => [name, field.description ?? '']);
  return rows.length === 0 ? '' : table([title, 'Meaning'], rows);
}

function entry(summary: string, parts: readonly string[]): string {
  return `<details><summary>${summary}</summary>${parts.join('')}</details>\n`;
}

function paragraph(text: string): string {
  return `<p>${escape(text)}</p>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const headCells = head.map((text) => `<th scope="col">${escape(text)}</th>`).join('');
  const lines = rows.map(
    ([name = '', text = '']) =>
      `<tr><td><code>${escape(name)}</code></td><td>${escape(text)}</td></tr>`,
  );
  return `<table><thead><tr>${headCells}</tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What is written about the interface may have any character; none of them is markup (CWE-79). */
function escape(text: string): string {
  return text.replaceAll(/[&<>"]/gu, (character) => ENTITIES[character] ?? character);
}
