import type { SourceStatus } from '../contact-center/index.js';
import type { DirectoryHolder, Organization } from '../directory/types.js';
import type { RteEventBus } from './event-bus.js';
import { mapSourceStatus } from './source-status-mapper.js';

/** While only the time of the last event moves, clients are told that often. */
const REFRESH_MS = 30_000;

/** A source as it is at the moment. */
export interface ReportedSource extends SourceStatus {
  readonly name: string;
  /** When something came from it last, epoch ms; undefined before the first time. */
  readonly lastEventAt: number | undefined;
}

export interface SourceStatusFeedOptions {
  readonly bus: RteEventBus;
  readonly directory: DirectoryHolder;
  /** The sources that speak for an organization, in the order of the settings. */
  readonly sourcesOf: (organization: Organization) => readonly ReportedSource[];
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Tells each organization how its sources are: when a state or its reason changes, when it comes
 * into the directory, and now and then the time of the last event. Organizations for which no
 * source speaks are told nothing.
 */
export class SourceStatusFeed {
  readonly #options: SourceStatusFeedOptions;
  /** What each organization was told last; only those of the directory. */
  readonly #told = new Map<string, { readonly states: string; readonly all: string }>();
  readonly #timer: NodeJS.Timeout;
  readonly #stopWatching: () => void;

  /** Tells nothing yet: call `tellChanges` once those who deliver are there. */
  constructor(options: SourceStatusFeedOptions) {
    this.#options = options;
    this.#stopWatching = options.directory.onChange(() => this.tellChanges());
    this.#timer = setInterval(() => this.#tellAll(), REFRESH_MS);
    this.#timer.unref();
  }

  /** Tells every organization whose sources' states or reasons read differently than it was told. */
  tellChanges(): void {
    this.#forgetUnknown();
    this.#tell((told, now) => told?.states !== now.states);
  }

  /** Ends the telling of what only time changes. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopWatching();
  }

  #tellAll(): void {
    this.#tell((told, now) => told?.all !== now.all);
  }

  #tell(isNews: (told: Told | undefined, now: Told) => boolean): void {
    const { bus, directory, sourcesOf, now } = this.#options;
    for (const organization of directory.current.organizations.values()) {
      const sources = sourcesOf(organization);
      const reads = { states: statesOf(sources), all: JSON.stringify(sources) };
      if (sources.length === 0 || !isNews(this.#told.get(organization.id), reads)) continue;
      this.#told.set(organization.id, reads);
      bus.publish(mapSourceStatus(organization, sources, now()));
    }
  }

  #forgetUnknown(): void {
    const { organizations } = this.#options.directory.current;
    for (const id of this.#told.keys()) if (!organizations.has(id)) this.#told.delete(id);
  }
}

/** What an organization was told, as texts to compare. */
interface Told {
  readonly states: string;
  readonly all: string;
}

function statesOf(sources: readonly ReportedSource[]): string {
  return JSON.stringify(
    sources.map(({ name, state, trouble, since }) => [name, state, trouble, since]),
  );
}
