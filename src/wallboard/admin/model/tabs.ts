/** What the console shows, one at a time. */
export const TABS = ['connections', 'events', 'sources', 'refusals', 'check'] as const;

/** The name of a tab, which is also its place in the address: `/admin#sources`. */
export type TabName = (typeof TABS)[number];

/** The tab that a fragment of an address names; the first one for any other. */
export function tabOfHash(hash: string): TabName {
  return TABS.find((name) => `#${name}` === hash.toLowerCase()) ?? TABS[0];
}
