import type { DirectoryHolder, Organization } from '../directory/types.js';
import { publicReason } from '../rte/source-status-mapper.js';
import type { EventDelays } from '../sources/source-figures.js';
import type { SourceHistory, WatchedSource } from '../sources/source-watch.js';

/** What was wrong last. Times are epoch ms. */
interface ErrorRow {
  readonly at: number;
  readonly part: string;
  /** In words for everybody. */
  readonly reason: string | null;
  /** For operators; null where others share the source. */
  readonly detail: string | null;
}

/** A source as administrators see it. Times are epoch ms. */
export interface SourceRow {
  readonly name: string;
  readonly state: 'up' | 'stale' | 'down';
  readonly since: number;
  /** In words for everybody; null while it is up. */
  readonly reason: string | null;
  /** For operators; null while it is up, and where others share the source. */
  readonly detail: string | null;
  readonly lastEventAt: number | null;
  readonly delays: EventDelays | null;
  readonly reconnects: number;
  readonly lastError: ErrorRow | null;
  /** Whether other organizations have their events from it, too: then their share is told nobody. */
  readonly isShared: boolean;
  /** Null where others share the source. */
  readonly eventsPerSecond: number | null;
  readonly outcomes: Readonly<Record<string, number>> | null;
}

interface SourceListParts {
  readonly health: {
    /** The sources that speak for an organization, in the order of the settings. */
    sourcesOf(organization: Organization): readonly WatchedSource[];
    /** What operators may want to know of a source besides; undefined for an unknown one. */
    history(source: string): SourceHistory | undefined;
  };
  readonly directory: DirectoryHolder;
}

/** The sources that speak for an organization; none for one that is not in the directory. */
export function listSources(
  { health, directory }: SourceListParts,
  organizationId: string,
): readonly SourceRow[] {
  const { organizations } = directory.current;
  const organization = organizations.get(organizationId);
  if (organization === undefined) return [];
  const others = [...organizations.values()].filter(({ id }) => id !== organizationId);
  const shared = new Set(
    others.flatMap((other) => health.sourcesOf(other).map(({ name }) => name)),
  );
  return health.sourcesOf(organization).map((source): SourceRow => {
    const { name, state, since, trouble, detail, lastEventAt } = source;
    const history = health.history(name);
    const { lastError } = history ?? {};
    const isShared = shared.has(name);
    return {
      name,
      state,
      since,
      reason: publicReason(trouble),
      detail: isShared || detail === '' ? null : detail,
      lastEventAt: lastEventAt ?? null,
      delays: history?.delays ?? null,
      reconnects: history?.reconnects ?? 0,
      lastError:
        lastError === undefined
          ? null
          : {
              at: lastError.at,
              part: lastError.part,
              reason: publicReason(lastError.trouble),
              detail: isShared ? null : lastError.detail,
            },
      isShared,
      eventsPerSecond: isShared ? null : (history?.eventsPerSecond ?? 0),
      outcomes: isShared ? null : (history?.outcomes ?? {}),
    };
  });
}
