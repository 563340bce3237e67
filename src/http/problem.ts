import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

export const PROBLEM_TYPE = 'application/problem+json';

/** What is wrong with one field of a request. */
export interface FieldError {
  /** A path such as `Extras[0].Name`, in the query or the body. */
  readonly field: string;
  readonly problem: string;
}

/** Body of an error answer (RFC 9457). `type` is left out, which means about:blank. */
interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** Every wrong field of the request. */
  readonly errors?: readonly FieldError[];
}

/** The problem of a status: its title is the status's own name. */
function problemOf(status: number, more: Pick<Problem, 'detail' | 'errors'>): Problem {
  return { title: STATUS_CODES[status] ?? 'Error', status, ...more };
}

/**
 * Answers with a problem.
 * @param detail for the client: what to do; never internals
 * @param errors every wrong field of the request, where that is the problem
 */
export function sendProblem(
  reply: FastifyReply,
  status: number,
  detail?: string,
  errors?: readonly FieldError[],
): FastifyReply {
  const more = {
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
  };
  return reply.code(status).type(PROBLEM_TYPE).send(problemOf(status, more));
}
