import { Pause } from '../../pause.js';
import type { SourceLogger } from '../../source.js';
import type { PbxTenant } from '../rest/portsip-rest.js';
import type { TenantRest } from '../rest/tenant-rest.js';

/** How often the sessions are read: a call whose end was missed is over after two reads. */
const EVERY_MS = 60_000;

/** The sessions of a tenant, as the PBX has them. */
export interface SessionsRead {
  readonly tenantId: string;
  readonly sessionIds: ReadonlySet<string>;
  /** When they were asked for, epoch ms: what began later may be missing. */
  readonly askedAt: number;
}

export interface SessionAuditOptions {
  readonly source: string;
  readonly rest: { of(tenant: PbxTenant): Pick<TenantRest, 'sessions'> };
  /** The tenants that there are now. */
  readonly tenants: () => readonly PbxTenant[];
  readonly onSessions: (read: SessionsRead) => void;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds between two reads; a minute by default. */
  readonly everyMs?: number;
}

/**
 * Reads from time to time which sessions run, so that calls whose end was not told can be closed
 * (portsip/wsi.md C.1). A list that may lack some is not handed on: one with entries that could not
 * be read, and those of a tenant that has never shown any, where the hub may lack the right.
 */
export class SessionAudit {
  readonly #options: SessionAuditOptions;
  readonly #pause = new Pause();
  /** Ids of tenants whose list has had a session. */
  readonly #shown = new Set<string>();
  /** Ids of tenants whose list failed the last time. */
  readonly #failed = new Set<string>();

  constructor(options: SessionAuditOptions) {
    this.#options = options;
  }

  /** Reads until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.#pause.for(this.#options.everyMs ?? EVERY_MS, signal);
      if (signal.aborted) return;
      for (const tenant of this.#options.tenants()) await this.#read(tenant, signal);
    }
  }

  async #read(tenant: PbxTenant, signal: AbortSignal): Promise<void> {
    const { rest, onSessions, now } = this.#options;
    const askedAt = now();
    try {
      const { items, unreadable } = await rest.of(tenant).sessions();
      this.#failed.delete(tenant.id);
      if (items.length > 0) this.#shown.add(tenant.id);
      if (unreadable.length > 0 || !this.#shown.has(tenant.id)) return;
      onSessions({ tenantId: tenant.id, sessionIds: new Set(items), askedAt });
    } catch (error) {
      // What breaks while the hub stops is no news.
      if (!signal.aborted) this.#fail(tenant, error);
    }
  }

  #fail({ id }: PbxTenant, error: unknown): void {
    if (this.#failed.has(id)) return;
    this.#failed.add(id);
    const { source, logger } = this.#options;
    logger.warn(
      { err: error, source },
      'sessions not read: calls whose end is missed stay open for longer; tried again every minute',
    );
  }
}
