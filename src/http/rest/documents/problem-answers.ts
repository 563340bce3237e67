import type { DescribedOperation } from '../operation.js';
import type { JsonSchema } from '../services.js';
import { refTo } from './component-schemas.js';

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
};

const HEADERS: Readonly<Record<number, JsonSchema>> = {
  401: {
    'WWW-Authenticate': { description: 'How to log in.', schema: { type: 'string' } },
  },
  429: RETRY_AFTER,
  503: RETRY_AFTER,
};

/** The problems that an operation may answer with: its own, and those of all of its kind. */
export function problemAnswers(one: DescribedOperation): Readonly<Record<string, JsonSchema>> {
  if (one.hasOwnProblemsOnly === true) return problems(one.problems ?? {});
  return problems({
    400: 'The request is malformed, or has wrong fields: `errors` names all of them.',
    406: 'Accept leaves no media type that this path can answer with.',
    ...(one.access === 'login' ? LOGIN_PROBLEMS : {}),
    // A DELETE that brings a body has it looked at before it comes to nothing.
    ...(one.method === 'GET' ? {} : BODY_PROBLEMS),
    ...(one.precondition === undefined ? {} : PRECONDITION_PROBLEMS),
    ...(one.precondition === 'required' ? { 428: 'If-Match is missing.' } : {}),
    ...one.problems,
    ...(one.access === 'login' && one.problems?.[403] !== undefined
      ? { 403: `${one.problems[403]} Or ${LOGIN_PROBLEMS[403].toLowerCase()}` }
      : {}),
  });
}

function problems(texts: Readonly<Record<number, string>>): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(texts).map(([status, description]) => [status, problem(status, description)]),
  );
}

export const LOGIN_PROBLEMS = {
  401: 'The credentials are wrong, or there are none.',
  403: 'The system that knows the user does not let them in here.',
  429: 'Too many logins failed.',
  503: 'Who asks cannot be checked now.',
} as const;

const PRECONDITION_PROBLEMS = {
  412: 'Somebody else was first: it has another ETag now.',
} as const;

export const BODY_PROBLEMS = {
  413: 'The body is too large.',
  415: 'The body is not JSON.',
} as const;

function problem(status: string, description: string): JsonSchema {
  const headers = HEADERS[Number(status)];
  return {
    description,
    ...(headers === undefined ? {} : { headers }),
    content: { 'application/problem+json': { schema: refTo('Problem') } },
  };
}
