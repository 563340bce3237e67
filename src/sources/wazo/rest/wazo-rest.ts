import type { SourceLogger } from '../../source.js';
import type { Listing } from '../../listing.js';
import { ServiceCalls } from './service-calls.js';
import { ServiceToken } from '../../service-token.js';
import { WazoAgentd } from './wazo-agentd.js';
import { WazoAmid } from './wazo-amid.js';
import { WazoAuth } from './wazo-auth.js';
import { WazoCalld } from './wazo-calld.js';
import { WazoCaller, type WazoCallerOptions } from './wazo-caller.js';
import { WazoChatd } from './wazo-chatd.js';
import { WazoConfd } from './wazo-confd.js';
import { listTenants, type WazoTenant } from './wazo-tenants.js';

export interface WazoRestOptions extends WazoCallerOptions {
  readonly username: string;
  readonly password: string;
  readonly logger: SourceLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Wazo's REST services, in the name of the hub's own user. All methods throw WazoRestError. */
export class WazoRest {
  /** Tokens that others bring. */
  readonly auth: WazoAuth;
  readonly confd: WazoConfd;
  readonly agentd: WazoAgentd;
  readonly calld: WazoCalld;
  readonly chatd: WazoChatd;
  readonly amid: WazoAmid;
  readonly #caller: WazoCaller;
  readonly #token: ServiceToken;
  readonly #calls: ServiceCalls;

  constructor(options: WazoRestOptions) {
    this.#caller = new WazoCaller(options);
    this.auth = new WazoAuth(this.#caller);
    this.#token = new ServiceToken({
      issue: () => this.auth.issue(options.username, options.password),
      revoke: (token) => this.auth.revoke(token),
      // wazo-auth allows a user no more than 100 live ones.
      isGivenBackFirst: true,
      now: options.now,
      logger: options.logger,
    });
    this.#calls = new ServiceCalls(this.#caller, this.#token);
    this.confd = new WazoConfd(this.#calls);
    this.agentd = new WazoAgentd(this.#calls);
    this.calld = new WazoCalld(this.#calls);
    this.chatd = new WazoChatd(this.#calls);
    this.amid = new WazoAmid(this.#calls);
  }

  tenants(): Promise<Listing<WazoTenant>> {
    return listTenants(this.#calls);
  }

  /** Ends what runs, gives the hub's token back, lets go of the connections. Never rejects. */
  async close(): Promise<void> {
    this.#caller.stop();
    await this.#token.close();
    this.#caller.close();
  }
}
