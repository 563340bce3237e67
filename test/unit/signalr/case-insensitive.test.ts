import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caseInsensitive } from '../../../src/signalr/index.js';

const person = z.object({ firstName: z.string(), id: z.number().optional() });
const tree = z.object({
  label: z.string(),
  get branches() {
    return z.array(tree).optional();
  },
});

describe('names of a payload', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['in PascalCase', person, { FirstName: 'a', Id: 1 }, { firstName: 'a', id: 1 }],
    ['in camelCase', person, { firstName: 'a', id: 1 }, { firstName: 'a', id: 1 }],
    ['in any case', person, { FIRSTNAME: 'a', iD: 1 }, { firstName: 'a', id: 1 }],
    ['as declared win over others', person, { firstName: 'a', FirstName: 'b' }, { firstName: 'a' }],
    [
      'in lists, tuples and members',
      z.object({ people: z.array(person), pair: z.tuple([z.number(), person]) }),
      { People: [{ FirstName: 'a' }], Pair: [1, { FirstName: 'b' }] },
      { people: [{ firstName: 'a' }], pair: [1, { firstName: 'b' }] },
    ],
    [
      'in a union, each of its own kind',
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), one: person }),
        z.object({ kind: z.literal('b'), two: person }),
      ]),
      { Kind: 'b', Two: { FirstName: 'x' } },
      { kind: 'b', two: { firstName: 'x' } },
    ],
    [
      'in values of a record, whose keys stay as they are',
      z.record(z.string(), person),
      { FirstName: { FirstName: 'a' } },
      { FirstName: { firstName: 'a' } },
    ],
    [
      'at any depth of a recursive schema',
      tree,
      { Label: 'a', Branches: [{ Label: 'b', Branches: [{ LABEL: 'c' }] }] },
      { label: 'a', branches: [{ label: 'b', branches: [{ label: 'c' }] }] },
    ],
    [
      'that nobody declared stay as they are',
      z.looseObject({ id: z.number() }),
      { Id: 1, OtherThing: 2 },
      { id: 1, OtherThing: 2 },
    ],
    [
      'beside dates and bytes',
      z.object({ at: z.date(), bytes: z.instanceof(Uint8Array) }),
      { At: new Date(5), Bytes: Uint8Array.of(1) },
      { at: new Date(5), bytes: Uint8Array.of(1) },
    ],
    [
      'of what a transform makes of them',
      z.object({ count: z.string().transform(Number) }),
      { Count: '5' },
      { count: 5 },
    ],
    ['of no object', z.string(), 'Text', 'Text'],
  ])('%s', (_name, schema, given, bound) => {
    expect(caseInsensitive(schema).parse(given)).toEqual(bound);
  });

  it('are still checked', () => {
    expect(() => caseInsensitive(person).parse({ FirstName: 5 })).toThrow(z.ZodError);
    expect(() => caseInsensitive(z.strictObject({ a: z.number() })).parse({ A: 1, B: 2 })).toThrow(
      z.ZodError,
    );
  });

  it('can not reach a prototype', () => {
    const given: unknown = JSON.parse('{"__proto__":{"admin":true},"FirstName":"a"}');
    const bound = caseInsensitive(z.looseObject({ firstName: z.string() })).parse(given);
    expect(Reflect.get(bound, 'admin')).toBeUndefined();
    expect(Object.getPrototypeOf(bound)).toBe(Object.prototype);
  });
});
