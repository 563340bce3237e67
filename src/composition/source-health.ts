import type { Settings } from '../config/index.js';
import type { DirectoryHolder, Organization } from '../directory/types.js';
import type { HealthComponent, HealthRegistry, Metrics } from '../observability/index.js';
import type { RteEventBus } from '../rte/event-bus.js';
import { SourceStatusFeed } from '../rte/source-status-feed.js';
import type { SourceObserver } from '../sources/source.js';
import {
  SourceWatch,
  type SourceHistory,
  type WatchedSource,
  type WatchedStatus,
} from '../sources/source-watch.js';

interface SourceHealthParts {
  readonly settings: Pick<Settings, 'sources'>;
  readonly directory: DirectoryHolder;
  readonly metrics: Pick<Metrics, 'sources' | 'watchTables'>;
  readonly health: HealthRegistry;
  readonly bus: RteEventBus;
  readonly now: () => number;
}

/** What is known of the sources. */
export interface SourceHealth {
  readonly observer: SourceObserver;
  /** The sources that speak for an organization, in the order of the settings. */
  sourcesOf(organization: Organization): readonly WatchedSource[];
  /** What operators may want to know of a source besides; undefined for an unknown one. */
  history(source: string): SourceHistory | undefined;
  stop(): void;
}

/**
 * Leads what sources report of themselves to the figures, to readiness and, without what is for
 * operators only, to clients. Needs those who deliver events to be on the bus already.
 */
export function watchSources(parts: SourceHealthParts): SourceHealth {
  const { settings, directory, metrics, health, bus, now } = parts;
  const components = new Map<string, HealthComponent>(
    settings.sources.map((name) => [name, health.component(name)]),
  );
  const note = (source: string, status: WatchedStatus): void => {
    metrics.sources.statusChanged(source, status);
    reportReadiness(components.get(source), status);
  };
  const watch = new SourceWatch({
    sources: settings.sources,
    now,
    onTables: (source, read) => metrics.watchTables(source, () => ({ entries: read() })),
    onEvent: (source, name, outcome, delayMs) =>
      metrics.sources.eventIn(source, name, outcome, delayMs),
    onStatus(source, status) {
      note(source, status);
      feed.tellChanges();
    },
  });
  const sourcesOf = (organization: Organization) =>
    watch.sources().filter(({ name }) => speaksFor(name, organization));
  const feed = new SourceStatusFeed({ bus, directory, now, sourcesOf });
  for (const { name, ...status } of watch.sources()) note(name, status);
  feed.tellChanges();
  return {
    observer: watch,
    sourcesOf,
    history: (source) => watch.history(source),
    stop: () => feed.stop(),
  };
}

/**
 * The simulator plays for all organizations. Who has a tenant of a PortSIP PBX is taken to be
 * without Wazo unless the directory names its tenant there, too.
 */
function speaksFor(source: string, { wazo, portsip }: Organization): boolean {
  switch (source) {
    case 'portsip':
      return portsip !== undefined;
    case 'wazo':
      return portsip === undefined || wazo.isNamed === true;
    default:
      return true;
  }
}

function reportReadiness(component: HealthComponent | undefined, status: WatchedStatus): void {
  if (status.state === 'up') component?.up();
  else component?.down(`${status.state}: ${status.detail}`);
}
