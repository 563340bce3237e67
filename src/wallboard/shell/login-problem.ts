import { text } from '../texts/index.js';
import { RestError } from './rest-error.js';

/**
 * Why a login failed, in words for the form.
 * @throws what is no answer of the hub
 */
export function loginProblem(error: unknown): string {
  if (!(error instanceof RestError)) throw error;
  const { refused, away, failed } = text.shell.login;
  if (error.status === 0) return away;
  return error.status === 401 ? refused : failed(error.message);
}
