import type { z } from 'zod';
import type { FieldError } from '../problem.js';
import { fieldErrors } from './field-errors.js';

type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Checks a query. Names match in any letter case, as in ASP.NET; one that is not known, or given
 * twice, is an error.
 */
export function readQuery<Value>(
  schema: z.ZodObject & z.ZodType<Value>,
  raw: unknown,
): Read<Value> {
  const names = Object.keys(schema.shape);
  const values: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [given, value] of membersOf(raw)) {
    const name = names.find((one) => one.toLowerCase() === given.toLowerCase());
    if (name === undefined) {
      errors.push({ field: given, problem: unknownParameter(names) });
    } else if (Array.isArray(value) || Object.hasOwn(values, name)) {
      errors.push({ field: name, problem: 'is given more than once' });
    } else {
      values[name] = value;
    }
  }
  const parsed = schema.safeParse(values);
  if (!parsed.success) errors.push(...fieldErrors(parsed.error, values));
  return parsed.success && errors.length === 0
    ? { ok: true, value: parsed.data }
    : { ok: false, errors };
}

/** Checks a body as it came out of JSON. */
export function readBody<Value>(schema: z.ZodType<Value>, raw: unknown): Read<Value> {
  const parsed = schema.safeParse(raw);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, errors: fieldErrors(parsed.error, raw) };
}

function membersOf(raw: unknown): readonly [string, unknown][] {
  return typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
}

function unknownParameter(names: readonly string[]): string {
  return names.length === 0
    ? 'is unknown here: this path has no parameters'
    : `is unknown here: this path has ${names.join(', ')}`;
}
