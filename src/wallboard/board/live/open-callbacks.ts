import * as z from 'zod/mini';
import type { Rest } from '../../shell/rest.js';
import { type CallbackEntry, MAX_CALLBACKS } from '../model/callback-book.js';

const pageSchema = z.array(
  z.object({
    CallBackId: z.string(),
    CallListId: z.string(),
    IsClosed: z.boolean(),
    Modified: z.string(),
    DueDate: z.nullable(z.string()),
  }),
);

/** The most that the hub gives at once. */
const PAGE = 500;

/**
 * Reads the open callback requests of the lists, page by page, up to MAX_CALLBACKS and one more.
 * @throws RestError
 */
export async function readOpenCallbacks(
  rest: Pick<Rest, 'getPage'>,
  callListIds: readonly string[],
): Promise<readonly CallbackEntry[]> {
  const found: CallbackEntry[] = [];
  for (const id of callListIds) {
    let path: string | undefined = `/calllists/${id}/callbacks?State=open&Limit=${String(PAGE)}`;
    while (path !== undefined && found.length <= MAX_CALLBACKS) {
      const page: { body: z.output<typeof pageSchema>; next: string | undefined } =
        await rest.getPage(path, pageSchema);
      found.push(...page.body.map(entryOf));
      path = page.next;
    }
  }
  return found;
}

function entryOf(request: z.output<typeof pageSchema>[number]): CallbackEntry {
  const { CallBackId: id, CallListId: callListId, IsClosed: isClosed, DueDate } = request;
  const due = DueDate === null ? null : Date.parse(DueDate);
  return { id, callListId, isClosed, modified: Date.parse(request.Modified), due };
}
