import type { DirectoryHolder } from '../../directory/types.js';
import type {
  EventSink,
  EventSource,
  SourceCondition,
  SourceLogger,
  SourceObserver,
} from '../source.js';
import type { WsiCredentials } from './client/credentials.js';
import type { Selection } from './client/subscriptions.js';
import { systemTimers } from './client/timers.js';
import { WsiClient } from './client/wsi-client.js';
import { openSocket } from './client/wsi-socket.js';
import { PortsipIngest } from './portsip-ingest.js';

/** Where a PortSIP PBX is, and who the hub is to it. */
export interface PortsipSettings {
  readonly wsiUrl: string;
  readonly tlsInsecure: boolean;
  readonly credentials: WsiCredentials;
  /** Ids of the tenants that an administrator watches; empty for a tenant's own login. */
  readonly tenants: readonly string[];
}

export interface PortsipSourceOptions extends PortsipSettings {
  readonly directory: DirectoryHolder;
  readonly observer: SourceObserver;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** A PortSIP PBX's Pub/Sub as a source of events. */
export class PortsipSource implements EventSource {
  readonly name = 'portsip';
  readonly #options: PortsipSourceOptions;

  constructor(options: PortsipSourceOptions) {
    this.#options = options;
  }

  async run(signal: AbortSignal, sink: EventSink): Promise<void> {
    const { wsiUrl: url, logger } = this.#options;
    const source = this.name;
    const ingest = new PortsipIngest({ ...this.#options, source, sink }, () => client.refresh());
    const client = new WsiClient({
      ...this.#options,
      url,
      openSocket,
      timers: systemTimers,
      random: Math.random,
      selection: () => this.#selection(ingest),
      onFrame: (frame) => ingest.accept(frame),
      onSubscribed: () => logger.debug({ source }, 'subscribed to the topics of PortSIP'),
      onCondition: (condition) => this.#report(condition),
      onNotice: (reason) => logger.warn({ source, reason }, 'a topic of PortSIP is missing'),
    });
    try {
      await client.run(signal);
    } finally {
      ingest.close();
    }
  }

  /** An administrator watches tenants whole; a tenant's login names extensions and queues. */
  #selection({ index }: PortsipIngest): Selection {
    const { credentials, tenants } = this.#options;
    if (credentials.kind === 'administrator') return { scope: 'system', tenants };
    return { scope: 'tenant', extensions: index.extensions, queues: index.queues };
  }

  #report(condition: SourceCondition): void {
    const { observer, logger } = this.#options;
    observer.conditionChanged(this.name, 'events', condition);
    if (condition.state === 'up') logger.info({ source: this.name }, 'source up');
    else logger.warn({ source: this.name, reason: condition.detail }, `source ${condition.state}`);
  }
}
