import * as z from 'zod/mini';
import type { RteClient } from '../../../client/index.js';
import type { KeyValues } from '../../shell/login-store.js';
import { OUTCOMES } from './callback.js';
import type { CallbackBench } from './callback-bench.js';
import type { CallbackFeed } from './callback-feed.js';
import { isDirty } from './callback-work.js';

/** What drafts are kept of, and where. */
interface DraftsParts {
  readonly client: Pick<RteClient, 'onStatus'>;
  readonly feed: Pick<CallbackFeed, 'onCallback'>;
  readonly bench: Pick<CallbackBench, 'works' | 'open' | 'step'>;
  /** Lasts as long as the tab. */
  readonly storage: KeyValues;
  /** The name under which they are kept there; another one for each person. */
  readonly key: string;
}

/** At most as many as can lie open. */
const draftsSchema = z.array(
  z.object({
    id: z.string(),
    note: z.nullable(z.string()),
    attempt: z.object({
      outcome: z.nullable(z.enum(OUTCOMES)),
      note: z.string(),
      notBefore: z.nullable(z.number()),
    }),
  }),
);

type Draft = z.output<typeof draftsSchema>[number];

/**
 * Keeps what is typed about requests over a reload of the page, by the person or for a newer build,
 * and has the browser ask before it is closed: as long as the client lasts. Who logs out leaves
 * nothing behind.
 */
export function keepDrafts({ client, feed, bench, storage, key }: DraftsParts): void {
  const waiting = new Map(readDrafts(storage.getItem(key)).map((draft) => [draft.id, draft]));
  storage.removeItem(key);
  feed.onCallback((now) => {
    const draft = waiting.get(now.id);
    if (draft === undefined || !waiting.delete(now.id)) return;
    const { id, note, attempt } = draft;
    bench.open(now);
    if (note !== null) bench.step(id, { kind: 'note-typed', note });
    bench.step(id, { kind: 'attempt-filled-in', attempt });
  });
  const typed = (): Draft[] =>
    [...bench.works.value].flatMap(([id, work]) =>
      isDirty(work) ? [{ id, note: work.note, attempt: work.attempt }] : [],
    );
  const keep = (): void => {
    const drafts = [...waiting.values(), ...typed()];
    if (drafts.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(drafts));
  };
  const onHide = (): void => {
    if (document.hidden) keep();
  };
  const warn = (event: BeforeUnloadEvent): void => {
    if (typed().length > 0) event.preventDefault();
  };
  document.addEventListener('visibilitychange', onHide);
  addEventListener('beforeunload', warn);
  client.onStatus(({ state }) => {
    if (state !== 'stopped' && state !== 'refused') return;
    document.removeEventListener('visibilitychange', onHide);
    removeEventListener('beforeunload', warn);
    if (state === 'refused') keep();
    else storage.removeItem(key);
  });
}

/** None for what cannot be read, such as what another version has written. */
function readDrafts(kept: string | null): readonly Draft[] {
  try {
    const parsed = z.safeParse(draftsSchema, JSON.parse(kept ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}
