import { RestError } from '../shell/rest-error.js';
import { text } from '../texts/index.js';

/** Why a request was not done, in words for people, with every wrong field. */
export function problemWords(error: unknown): string {
  if (!(error instanceof RestError)) return text.me.failed;
  const fields = error.errors.map(({ field, problem }) => text.me.wrongField(field, problem));
  return [error.message, ...fields].join(' ');
}
