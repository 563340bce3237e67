import type { z } from 'zod';

/** Entities of a service: those that could be read, and what was wrong with the others. */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** One text per entity left out, as `name: expected string`; without values. */
  readonly unreadable: readonly string[];
}

/** Reads entity by entity: a broken one costs itself, not the others. */
export function listingOf<Item>(
  entries: readonly unknown[],
  schema: z.ZodType<Item>,
): Listing<Item> {
  const items: Item[] = [];
  const unreadable: string[] = [];
  for (const entry of entries) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) items.push(parsed.data);
    else unreadable.push(problemsOf(parsed.error));
  }
  return { items, unreadable };
}

function problemsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
