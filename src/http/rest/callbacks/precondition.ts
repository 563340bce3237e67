import { invalid, type Result } from '../results.js';

/** The version that a change was made for; undefined takes any. */
type Precondition =
  | { readonly ok: true; readonly version: number | undefined }
  | { readonly ok: false; readonly answer: Result };

/** No request has this version, so that a tag which is none of the hub's never fits. */
const NO_VERSION = 0;

/**
 * Reads If-Match (RFC 9110, section 13.1.1), where an ETag is a request's version.
 * @param ifMatch undefined when it was not sent
 */
export function readPrecondition(
  ifMatch: string | undefined,
  precondition: 'optional' | 'required',
): Precondition {
  if (ifMatch === undefined) {
    if (precondition === 'optional') return { ok: true, version: undefined };
    const detail = 'Send If-Match with the ETag of what you have seen, or * to change it anyhow.';
    return { ok: false, answer: { status: 428, detail } };
  }
  const tag = ifMatch.trim();
  if (tag === '*') return { ok: true, version: undefined };
  if (tag.includes(',')) {
    return { ok: false, answer: invalid({ field: 'If-Match', problem: 'give one ETag, or *' }) };
  }
  // A weak tag never matches here, as the comparison is the strong one.
  const version = /^"(?<version>\d{1,9})"$/u.exec(tag)?.groups?.['version'];
  return { ok: true, version: version === undefined ? NO_VERSION : Number(version) };
}
