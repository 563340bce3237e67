import type { z } from 'zod';
import type { FieldError } from '../problem.js';

/** The name of the body itself among the fields. */
const BODY = 'body';

/** A longer value is not repeated: the client knows what it sent. */
const MAX_SHOWN = 40;

/**
 * Names every wrong field, with what is wrong and what was given.
 * @param given what was checked
 */
export function fieldErrors(error: z.ZodError, given: unknown): FieldError[] {
  return error.issues.flatMap((issue) => errorsOf(issue, given));
}

function errorsOf(issue: z.core.$ZodIssue, given: unknown): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: fieldName([...issue.path, key]),
      problem: 'is unknown here',
    }));
  }
  const value = valueAt(given, issue.path);
  const field = fieldName(issue.path);
  if (value === undefined) return [{ field, problem: `is missing: ${expectation(issue)}` }];
  return [{ field, problem: `${expectation(issue)}${shown(value)}` }];
}

function expectation(issue: z.core.$ZodIssue): string {
  // An own message says what to do already.
  if (issue.code !== 'invalid_type') return issue.message;
  return `give ${TYPES[issue.expected] ?? issue.expected}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

function shown(value: unknown): string {
  if (typeof value === 'object') return '';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? '' : ` (given: ${text})`;
}

/** `Extras[0].Name`. */
function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return BODY;
  return path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./u, '');
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => memberOf(value, String(part)), given);
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const members: [string, unknown][] = Object.entries(value);
  return members.find(([one]) => one === name)?.[1];
}
