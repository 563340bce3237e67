import type { DirectoryContributor, DirectoryHolder } from '../../directory/types.js';
import { ConditionLog } from '../condition-log.js';
import { ConfigurationSync } from '../configuration-sync.js';
import type {
  EventSink,
  EventSource,
  SourceCondition,
  SourceLogger,
  SourceObserver,
} from '../source.js';
import type { WsiCredentials } from './client/credentials.js';
import { SnapshotPhase } from './client/snapshot-phase.js';
import type { Selection } from './client/subscriptions.js';
import { systemTimers } from './client/timers.js';
import { WsiClient } from './client/wsi-client.js';
import { openSocket } from './client/wsi-socket.js';
import {
  CONFIGURATION_PARTS,
  ConfigurationReader,
  type ConfigurationPart,
} from './configuration/configuration.js';
import { DirectoryNotices } from './configuration/directory-notices.js';
import { foundDirectory } from './configuration/found-directory.js';
import { SessionAudit } from './configuration/session-audit.js';
import type { MappingRules } from './mapping/translation.js';
import { PortsipIds } from './portsip-ids.js';
import { PortsipIngest } from './portsip-ingest.js';
import type { PortsipRest } from './rest/portsip-rest.js';

/** How often the mapping looks at the clock, ms: it waits two seconds for what may not be told. */
const TICK_MS = 1_000;

/** Where a PortSIP PBX is, and who the hub is to it. */
export interface PortsipSettings {
  readonly wsiUrl: string;
  readonly tlsInsecure: boolean;
  readonly credentials: WsiCredentials;
  /** Ids of the tenants that an administrator watches; empty for a tenant's own login. */
  readonly tenants: readonly string[];
  readonly rules: MappingRules;
}

export interface PortsipSourceOptions extends PortsipSettings {
  readonly directory: DirectoryHolder & DirectoryContributor;
  /** Absent when the settings name only WSI: then the directory file is all there is. */
  readonly rest?: PortsipRest;
  /** Milliseconds between two reads of the PBX's sessions; a minute by default. */
  readonly sessionsEveryMs?: number;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A PortSIP PBX's Pub/Sub as a source of events. */
export class PortsipSource implements EventSource {
  readonly name = 'portsip';
  readonly #options: PortsipSourceOptions;
  readonly #log: ConditionLog;
  readonly #reader: ConfigurationReader | undefined;
  readonly #sync: ConfigurationSync<ConfigurationPart> | undefined;
  readonly #ids: PortsipIds;
  #eventsWereUp = false;

  constructor(options: PortsipSourceOptions) {
    this.#options = options;
    this.#log = new ConditionLog(options.logger, this.name);
    this.#ids = new PortsipIds(new URL(options.wsiUrl).hostname);
    if (options.rest === undefined) return;
    this.#reader = new ConfigurationReader(options.rest);
    this.#sync = this.#createSync(this.#reader);
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { wsiUrl: url, logger, now } = this.#options;
    const phase = new SnapshotPhase();
    const source = this.name;
    const ingest = new PortsipIngest({ ...this.#options, source, ids: this.#ids, sink }, () => {
      notices.directoryChanged();
      client.refresh();
    });
    const notices = new DirectoryNotices({
      index: () => ingest.index,
      changed: (parts) => this.#sync?.changed(parts),
    });
    const client = new WsiClient({
      ...this.#options,
      url,
      openSocket,
      timers: systemTimers,
      random: Math.random,
      selection: () => this.#selection(ingest),
      onFrame: (frame) => {
        ingest.accept(frame, phase.occasion(client.state, now()));
        notices.take(frame);
      },
      onSubscribed: () => {
        phase.subscribed(now());
        logger.debug({ source }, 'subscribed to the topics of PortSIP');
      },
      onCondition: (condition) => this.#report(condition),
      onNotice: (reason) => logger.warn({ source, reason }, 'a topic of PortSIP is missing'),
    });
    const clock = setInterval(() => ingest.tick(), TICK_MS);
    try {
      await Promise.all([
        client.run(signal),
        this.#sync?.run(signal),
        this.#createAudit(ingest)?.run(signal),
      ]);
    } finally {
      clearInterval(clock);
      ingest.close();
    }
  }

  #createAudit(ingest: PortsipIngest): SessionAudit | undefined {
    const { rest, sessionsEveryMs: everyMs } = this.#options;
    if (rest === undefined) return undefined;
    return new SessionAudit({
      ...this.#options,
      ...(everyMs === undefined ? {} : { everyMs }),
      source: this.name,
      rest,
      tenants: () => this.#reader?.tenants ?? [],
      onSessions: ({ tenantId, sessionIds, askedAt }) =>
        ingest.takeSessions(tenantId, sessionIds, askedAt),
    });
  }

  #createSync(reader: ConfigurationReader): ConfigurationSync<ConfigurationPart> {
    const ids = this.#ids;
    return new ConfigurationSync({
      ...this.#options,
      source: this.name,
      parts: CONFIGURATION_PARTS,
      read: async (parts) => foundDirectory(await reader.read(parts), ids),
    });
  }

  /** An administrator watches tenants whole; a tenant's login names extensions and queues. */
  #selection({ index }: PortsipIngest): Selection {
    const { credentials, tenants } = this.#options;
    if (credentials.kind === 'administrator') return { scope: 'system', tenants };
    return { scope: 'tenant', extensions: index.extensions, queues: index.queues };
  }

  #report(condition: SourceCondition): void {
    this.#options.observer.conditionChanged(this.name, 'events', condition);
    this.#log.note(condition);
    if (condition.state !== 'up') return;
    // Management messages are lost while the connection is away.
    if (this.#eventsWereUp) this.#sync?.changedUnknown();
    this.#eventsWereUp = true;
  }
}
