import type { LeftOut } from '../../../directory/types.js';
import type { Listing } from '../../listing.js';
import type { ConfdAgent, ConfdQueue, ConfdSchedule, ConfdUser } from '../rest/wazo-confd.js';
import type { WazoRest } from '../rest/wazo-rest.js';
import type { WazoTenant } from '../rest/wazo-tenants.js';

/** What is configured in a Wazo, of all its tenants. */
export interface WazoConfiguration {
  /** The `origin_uuid` of its bus events. */
  readonly originUuid: string;
  readonly tenants: readonly WazoTenant[];
  readonly users: readonly ConfdUser[];
  readonly agents: readonly ConfdAgent[];
  readonly queues: readonly ConfdQueue[];
  readonly schedules: readonly ConfdSchedule[];
  readonly unreadable: readonly LeftOut[];
}

/** The lists that a configuration is read as. */
export const CONFIGURATION_LISTS = ['tenants', 'users', 'agents', 'queues', 'schedules'] as const;

export type ConfigurationList = (typeof CONFIGURATION_LISTS)[number];

const SECTIONS = {
  tenants: 'organizations',
  users: 'users',
  agents: 'agents',
  queues: 'queues',
  schedules: 'schedules',
} as const satisfies Record<ConfigurationList, LeftOut['section']>;

const NOTHING: Listing<never> = { items: [], unreadable: [] };

/** The part of Wazo's REST services that tells of its configuration. */
export interface ConfigurationServices {
  tenants: WazoRest['tenants'];
  readonly confd: Pick<WazoRest['confd'], 'originUuid' | ConfdList>;
}

type ConfdList = Exclude<ConfigurationList, 'tenants'>;

/** Reads the configuration of a Wazo, list by list, and remembers each as it was read last. */
export class ConfigurationReader {
  readonly #services: ConfigurationServices;
  #originUuid: string | undefined;
  #tenants: Listing<WazoTenant> = NOTHING;
  #users: Listing<ConfdUser> = NOTHING;
  #agents: Listing<ConfdAgent> = NOTHING;
  #queues: Listing<ConfdQueue> = NOTHING;
  #schedules: Listing<ConfdSchedule> = NOTHING;

  constructor(services: ConfigurationServices) {
    this.#services = services;
  }

  /**
   * Reads the lists that are named, side by side.
   * @returns the configuration with these, and the others as they were read before
   * @throws WazoRestError when one of them can't be read
   */
  async read(lists: ReadonlySet<ConfigurationList>): Promise<WazoConfiguration> {
    const originUuid = (this.#originUuid ??= await this.#services.confd.originUuid());
    await Promise.all([...lists].map((list) => this.#readList(list)));
    return {
      originUuid,
      tenants: this.#tenants.items,
      users: this.#users.items,
      agents: this.#agents.items,
      queues: this.#queues.items,
      schedules: this.#schedules.items,
      unreadable: this.#unreadable(),
    };
  }

  async #readList(list: ConfigurationList): Promise<void> {
    const { confd } = this.#services;
    switch (list) {
      case 'tenants':
        this.#tenants = await this.#services.tenants();
        break;
      case 'users':
        this.#users = await confd.users();
        break;
      case 'agents':
        this.#agents = await confd.agents();
        break;
      case 'queues':
        this.#queues = await confd.queues();
        break;
      case 'schedules':
        this.#schedules = await confd.schedules();
        break;
    }
  }

  #unreadable(): LeftOut[] {
    const listings = {
      tenants: this.#tenants,
      users: this.#users,
      agents: this.#agents,
      queues: this.#queues,
      schedules: this.#schedules,
    };
    return CONFIGURATION_LISTS.flatMap((list) =>
      listings[list].unreadable.map((detail): LeftOut => ({
        section: SECTIONS[list],
        reason: 'unreadable',
        detail,
      })),
    );
  }
}
