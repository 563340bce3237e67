import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { LightMyRequestResponse } from 'fastify';
import { z } from 'zod';

const file = new URL('../../../openapi/openapi.json', import.meta.url);

const responseSchema = z.object({
  headers: z.record(z.string(), z.unknown()).default({}),
  content: z.record(z.string(), z.object({ schema: z.unknown() })).default({}),
});

const operationSchema = z.object({
  operationId: z.string(),
  responses: z.record(z.string(), responseSchema),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) }))
    .default([]),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) })
    .optional(),
});

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

type Documented = z.output<typeof operationSchema>;

/** An operation of the document. */
export interface DocumentedOperation extends Documented {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
}

const methods = z
  .string()
  .toUpperCase()
  .pipe(z.enum(['GET', 'POST', 'PATCH', 'DELETE']));

/** The OpenAPI document of the repository, and whether answers are as it says. */
export class Contract {
  readonly operations: readonly DocumentedOperation[];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor() {
    const document = documentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    this.#ajv.addSchema(document, 'openapi.json');
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, one]) => ({
        ...one,
        path,
        method: methods.parse(method),
      })),
    );
  }

  /** The operation of that id. */
  operation(id: string): DocumentedOperation {
    const found = this.operations.find(({ operationId }) => operationId === id);
    if (found === undefined) throw new Error(`the document has no ${id}`);
    return found;
  }

  /** What of the answer is not as the document says; nothing when all is. */
  faults(one: DocumentedOperation, response: LightMyRequestResponse): readonly string[] {
    const { statusCode, headers, body } = response;
    const documented = one.responses[String(statusCode)];
    if (documented === undefined) return [`${String(statusCode)} is not documented`];
    const missing = Object.keys(documented.headers)
      .filter((name) => name !== 'Link')
      .filter((name) => headers[name.toLowerCase()] === undefined)
      .map((name) => `the header ${name} is missing`);
    const type = headers['content-type']?.toString().split(';', 1)[0];
    if (type === undefined || body === '') {
      const isExpected = Object.keys(documented.content).length === 0;
      return isExpected ? missing : [...missing, 'the body is missing'];
    }
    if (documented.content[type] === undefined) return [...missing, `${type} is not documented`];
    if (!type.endsWith('json')) return missing;
    return [...missing, ...this.#bodyFaults(one, statusCode, type, response.json())];
  }

  #bodyFaults(one: DocumentedOperation, status: number, type: string, body: unknown): string[] {
    const parts = ['paths', one.path, one.method.toLowerCase(), 'responses', String(status)];
    const pointer = [...parts, 'content', type, 'schema'].map(escapePart).join('/');
    const key = `openapi.json#/${pointer}`;
    const validate = this.#validators.get(key) ?? this.#ajv.compile({ $ref: key });
    this.#validators.set(key, validate);
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
    );
  }
}

/** A part of a JSON pointer in a URI. */
function escapePart(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
