import * as fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, people } from '../rte/fixtures/directory.js';
import { Contract, type DocumentedOperation } from './openapi-contract.js';
import { type RestHub, startRestHub } from './rest-fixture.js';

// Whatever is sent, the answer is one that the OpenAPI document has, and never 500.

const contract = new Contract();

/** Stands for the id of a request that there is. */
const CALLBACK = 'the-callback';

let hub: RestHub;
let callbackPath: string;
beforeAll(async () => {
  hub = await startRestHub();
  const made = await hub.ask('ann', `/calllists/${ids.salesList}/callbacks`, {
    method: 'POST',
    payload: { ContactNumber: '+1' },
  });
  callbackPath = String(made.headers.location);
});
afterAll(() => hub.stop());

/** Values that a field may be taken to have, beside any other. */
const telling = fc.constantFrom<unknown>(
  ...Object.values(ids),
  'me',
  CALLBACK,
  '3',
  3,
  -1,
  1e308,
  '',
  null,
  'Away',
  ids.salesList,
  [{ Name: 'a', Value: '' }],
  { TypeId: 2 },
  '2026-11-21T10:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
  '0000-00-00T00:00:00Z',
  '+358401234567',
  '\u0000',
  '\uD800',
);

const anything = fc.oneof(telling, fc.jsonValue());

const fieldNames = [
  'EventTypeID',
  'Availability',
  'Note',
  'EventSource',
  'UserID',
  'StartTime',
  'EndTime',
  'user',
  'ContactNumber',
  'DueDate',
  'AssignedUserId',
  'CallbackExtras',
  'TypeId',
  'Attempt',
  'CallId',
  'constructor',
  'toString',
  'hasOwnProperty',
  '__proto__',
];

const bodies = fc.oneof(
  fc.dictionary(fc.constantFrom(...fieldNames), anything).map((body) => JSON.stringify(body)),
  fc.json(),
  fc.string(),
);

const texts = fc.oneof(telling.map(String), fc.string());

/** A path of the operation with any values in it, and any query. */
function urls(one: DocumentedOperation): fc.Arbitrary<string> {
  const names = one.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  const query = fc.dictionary(fc.constantFrom(...names, 'Other', 'constructor'), texts, {
    maxKeys: 3,
  });
  return fc
    .tuple(fc.array(texts, { minLength: 2, maxLength: 2 }), query)
    .map(([values, parameters]) => {
      const path = one.path.replaceAll(/\{\w+\}/gu, () => encode(values.pop() ?? ''));
      return `${path}?${Object.entries(parameters)
        .map(([name, value]) => `${name}=${encode(value)}`)
        .join('&')}`;
    });
}

/** A part of a path must not be empty or a way upwards, or the path is another. */
function encode(text: string): string {
  // Half a surrogate pair cannot be encoded.
  const whole = text.replaceAll(/[\uD800-\uDFFF]/gu, '?').replaceAll('\u0000', '%');
  return whole === '' || /^\.+$/u.test(whole) ? '_' : encodeURIComponent(whole);
}

const headers = fc.record(
  {
    accept: fc.constantFrom('application/json', '*/*', 'text/html', ';q=', ',,;', 'a/b;q=x'),
    'content-type': fc.constantFrom('application/json', 'application/json; x=y', 'text/plain'),
    'if-none-match': fc.constantFrom('*', '"', 'W/', ',,,'),
    'if-match': fc.constantFrom('*', '"1"', '""', 'x,y', '"99999999999999999999"'),
    'x-json-serializer': fc.constant('2'),
  },
  { requiredKeys: [] },
);

function requestsOf(one: DocumentedOperation): fc.Arbitrary<InjectOptions & { url: string }> {
  const { method } = one;
  return fc.record({ url: urls(one), headers, body: bodies }).map(({ body, ...request }) => ({
    method,
    ...request,
    ...(one.requestBody === undefined ? {} : { payload: body }),
  }));
}

// Those that are served by routes of their own have tests of their own.
const operations = contract.operations.filter(({ responses }) => responses['406'] !== undefined);

describe('an answer is one of the documented ones to whatever is sent to', () => {
  it.each(operations.map((one) => [one.operationId, one] as const))('%s', async (_id, one) => {
    await fc.assert(
      fc.asyncProperty(requestsOf(one), fc.constantFrom(...people), async (request, who) => {
        const { url, ...more } = request;
        const path = url.replace(`/callbacks/${CALLBACK}`, callbackPath);
        const response = await hub.ask(who, path, more);
        expect(contract.faults(one, response)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
