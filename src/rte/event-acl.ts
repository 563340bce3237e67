import { AccessPattern } from './access-pattern.js';
import { EVENT_ACCESS, splitAcl } from './access-rules.js';

/**
 * Most entries, and bytes of JSON, that a token of ours carries. The bytes keep the token well below
 * 8 KB, which is what servers and proxies take of a URL or header; the entries keep a Subscribe of
 * many items short.
 */
const MAX_ENTRIES = 100;
const MAX_BYTES = 3000;

/** Each grants all events by itself. */
const ALL_EVENTS: ReadonlySet<string> = new Set(['#', 'events.#', 'events.rte.#']);

/** The entries of a list that concern events, or that they are too many to be carried. */
export type EventAcl =
  | { readonly ok: true; readonly acl: readonly string[] }
  | { readonly ok: false; readonly entries: number; readonly bytes: number };

/**
 * Picks from an access control list what can decide about the hub's events: Wazo's lists have
 * hundreds of entries, most of them about other things. Grants the same accesses to events as the
 * whole list.
 */
export function eventAcl(acl: readonly string[]): EventAcl {
  const { denials, grants } = splitAcl([...new Set(acl)]);
  const granting = widest(grants.filter(concernsEvents));
  // Without a grant there is nothing to deny.
  const denying =
    granting.length === 0 ? [] : denials.filter((entry) => concernsEvents(entry.slice(1)));
  const picked = [...denying, ...granting];
  const bytes = Buffer.byteLength(JSON.stringify(picked));
  if (picked.length <= MAX_ENTRIES && bytes <= MAX_BYTES) return { ok: true, acl: picked };
  return { ok: false, entries: picked.length, bytes };
}

function concernsEvents(entry: string): boolean {
  // Whoever the reserved words mean, they are no part of the prefix.
  return new AccessPattern(entry, { me: 'me' }).reachesBelow(EVENT_ACCESS);
}

/** One that grants everything makes the others superfluous. */
function widest(grants: readonly string[]): readonly string[] {
  const all = grants.find((entry) => ALL_EVENTS.has(entry));
  return all === undefined ? grants : [all];
}
