import { z } from 'zod';

/** Who asks for pages gets no more than this at a time. */
const MAX_LIMIT = 1000;

/** The query parameters of a list in pages. */
export const pageParameters = {
  Limit: z.coerce
    .number({ error: 'give a whole number' })
    .int({ error: 'give a whole number' })
    .min(1, { error: 'give 1 or more' })
    .max(MAX_LIMIT, { error: `give ${String(MAX_LIMIT)} or less` })
    .optional()
    .describe('Most entries in the answer; all when left out.'),
  Cursor: z
    .guid({ error: 'give the Cursor of the Link header of the page before' })
    .toLowerCase()
    .optional()
    .describe('Where the page begins: as the Link header of the page before says.'),
};

interface PageQuery extends Readonly<Record<string, unknown>> {
  readonly Limit?: number | undefined;
  readonly Cursor?: string | undefined;
}

interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** `Link` to the next page where there is one (RFC 8288). */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Cuts a page out of a list in the order of the ids. An entry that is there all the while is in
 * exactly one page, whatever comes and goes between the requests.
 */
export function pageOf<Entry extends { readonly id: string }>(
  all: readonly Entry[],
  query: PageQuery,
  path: string,
): Page<Entry> {
  const { Limit: limit, Cursor: cursor } = query;
  const rest = cursor === undefined ? all : all.filter(({ id }) => id > cursor);
  const entries = limit === undefined ? rest : rest.slice(0, limit);
  const last = entries.at(-1);
  if (last === undefined || entries.length === rest.length) return { entries, headers: {} };
  return { entries, headers: nextPage(path, query, last.id) };
}

/** The header that leads to the next page: the same query from that place on. */
export function nextPage(
  path: string,
  query: Readonly<Record<string, unknown>>,
  cursor: string,
): Readonly<Record<string, string>> {
  const whole: Readonly<Record<string, unknown>> = { ...query, Cursor: cursor };
  const parameters = Object.entries(whole)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return { link: `<${path}?${new URLSearchParams(parameters).toString()}>; rel="next"` };
}
