import type { FastifyReply } from 'fastify';
import type { Directory, User } from '../../directory/types.js';
import type { Metrics } from '../../observability/index.js';
import type { Login } from '../login.js';
import { sendProblem } from '../problem.js';

const REFUSALS = {
  403: 'Only an administrator of the same organization may do that for another user.',
  404: 'There is no such user.',
} as const;

/** What is told of requests for somebody else's tokens. */
export interface SubjectOptions {
  readonly metrics: Pick<Metrics, 'login'>;
  /** Told who asked for what they may not, and where from. */
  readonly onForbidden: (caller: User, address: string) => void;
}

/**
 * Whose tokens a request is about: the caller's own, or those of somebody in the organization that
 * the caller administers. Answers the request itself when that is not so. Who is no administrator
 * gets 403 for every other id, existing or not, so that ids cannot be probed.
 * @param requested a user id, or `me`
 * @returns undefined when the request is answered
 */
export function requireSubject(
  reply: FastifyReply,
  login: Login<User>,
  requested: string,
  directory: Directory,
  { metrics, onForbidden }: SubjectOptions,
): User | undefined {
  const subject = findSubject(login, requested, directory);
  if (typeof subject !== 'number') return subject;
  metrics.login('forbidden');
  onForbidden(login.user, reply.request.ip);
  sendProblem(reply, subject, REFUSALS[subject]);
  return undefined;
}

function findSubject(
  { user: caller, terms }: Login<User>,
  requested: string,
  directory: Directory,
): User | 403 | 404 {
  const id = requested.toLowerCase();
  if (id === 'me' || id === caller.id) return caller;
  if ((terms.role ?? caller.role) !== 'admin') return 403;
  const subject = directory.users.get(id);
  if (subject === undefined) return 404;
  return subject.organizationId === caller.organizationId ? subject : 403;
}
