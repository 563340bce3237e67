import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';

const PROBLEM_TYPE = 'application/problem+json';

/** Body of an error answer (RFC 9457). `type` is left out, which means about:blank. */
interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
}

/** The problem of a status: its title is the status's own name. */
function problemOf(status: number, detail?: string): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return detail === undefined ? { title, status } : { title, status, detail };
}

/**
 * Answers with a problem.
 * @param detail for the client: what to do; never internals
 */
export function sendProblem(reply: FastifyReply, status: number, detail?: string): FastifyReply {
  return reply.code(status).type(PROBLEM_TYPE).send(problemOf(status, detail));
}
