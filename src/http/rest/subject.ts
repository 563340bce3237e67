import type { RestCaller } from './services.js';

/** Whom the path is about: `me` is the caller. An id that is none finds nobody. */
export function subjectOf(
  caller: RestCaller,
  { userId = '' }: Readonly<Record<string, string>>,
): string {
  return userId === 'me' ? caller.id : userId;
}
