import { z } from 'zod';
import type { SourceLogger } from '../../source.js';
import { optionalText } from '../wsi/fields.js';
import { PbxCaller, type PbxCallerOptions } from './pbx-caller.js';
import { PbxLogin, type RestCredentials } from './pbx-login.js';
import { PbxSession } from './pbx-session.js';
import { createPbxToken } from './pbx-token.js';
import { PortsipRestError } from './rest-error.js';
import { resourceId } from './rest-fields.js';
import { TenantRest } from './tenant-rest.js';

const tenant = z
  .object({ id: resourceId, name: optionalText, domain: optionalText })
  .transform(({ id, ...raw }) => ({ ...id, ...raw }));

/** A tenant of the PBX. */
export type PbxTenant = z.infer<typeof tenant>;

/** The tenants that the hub is to know, as far as the PBX has them. */
export interface PbxTenants {
  readonly tenants: readonly PbxTenant[];
  /** One text per tenant that is not there or could not be read. */
  readonly missing: readonly string[];
}

export interface PortsipRestOptions extends PbxCallerOptions {
  readonly credentials: RestCredentials;
  /** Ids of the tenants that an administrator watches; empty for a tenant's own login. */
  readonly tenants: readonly string[];
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** The PBX's REST API in the name of the hub's own user. All methods throw PortsipRestError. */
export class PortsipRest {
  readonly #options: PortsipRestOptions;
  readonly #caller: PbxCaller;
  /** The login as it is: a tenant's own, or the administrator's, who sees tenants only. */
  readonly #session: PbxSession;
  /** An administrator's sessions by tenant id; as many as PORTSIP_TENANTS names. */
  readonly #sessions = new Map<string, PbxSession>();

  constructor(options: PortsipRestOptions) {
    this.#options = options;
    this.#caller = new PbxCaller(options);
    this.#session = this.#openSession();
  }

  /** The tenant of the login, or those of an administrator that the settings name. */
  async tenants(): Promise<PbxTenants> {
    const { credentials } = this.#options;
    if (credentials.kind === 'user') return this.#ownTenant(credentials.domain);
    const { items, unreadable } = await this.#session.listAll({ path: ['tenants'] }, tenant);
    const wanted = new Set(this.#options.tenants);
    const tenants = items.filter(({ id }) => wanted.delete(id));
    const missing = [...wanted].map((id) => `${id}: the PBX has no such tenant`);
    return { tenants, missing: [...unreadable, ...missing] };
  }

  /** What a tenant has. */
  of({ id, pathId }: PbxTenant): TenantRest {
    if (this.#options.credentials.kind === 'user') return new TenantRest(this.#session);
    let session = this.#sessions.get(id);
    if (session === undefined) {
      session = this.#openSession(pathId);
      this.#sessions.set(id, session);
    }
    return new TenantRest(session);
  }

  /** Ends what runs, gives the hub's tokens back, lets go of the connections. Never rejects. */
  async close(): Promise<void> {
    this.#caller.stop();
    await Promise.all([this.#session, ...this.#sessions.values()].map((one) => one.close()));
    this.#caller.close();
  }

  /** The tenant's own user sees it at /tenant, in some versions as the one of /tenants. */
  async #ownTenant(domain: string): Promise<PbxTenants> {
    try {
      const own = await this.#session.ask({ path: ['tenant'] }, tenant);
      return { tenants: [own], missing: [] };
    } catch (error) {
      if (!(error instanceof PortsipRestError) || error.problem !== 'not-found') throw error;
    }
    const { items, unreadable } = await this.#session.listAll({ path: ['tenants'] }, tenant);
    const tenants = items.filter((one) => one.domain?.toLowerCase() === domain.toLowerCase());
    const missing = tenants.length === 0 ? [`${domain}: the PBX shows no such tenant`] : [];
    return { tenants, missing: [...unreadable, ...missing] };
  }

  #openSession(switchTo?: string): PbxSession {
    const { credentials } = this.#options;
    const login = new PbxLogin(this.#caller, credentials, switchTo);
    return new PbxSession(this.#caller, createPbxToken({ ...this.#options, login }));
  }
}
