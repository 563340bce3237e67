import type { LeftOut } from '../../../directory/types.js';
import type { Listing } from '../../listing.js';
import { RestError } from '../../rest-problem.js';
import type { PbxTenant, PortsipRest } from '../rest/portsip-rest.js';
import type {
  PbxQueue,
  PbxQueueSettings,
  PbxQueueState,
  PbxUser,
  TenantRest,
} from '../rest/tenant-rest.js';
import { inTurns } from './in-turns.js';

/** A queue with its settings, its state, and the numbers of those who serve it. */
export interface ConfiguredQueue extends PbxQueue, PbxQueueSettings {
  readonly state: PbxQueueState;
  readonly agents: readonly string[];
}

/** What is configured for a tenant. */
export interface TenantConfiguration {
  readonly tenant: PbxTenant;
  readonly users: readonly PbxUser[];
  readonly queues: readonly ConfiguredQueue[];
}

/** What is configured in a PBX, of all tenants that the hub watches. */
export interface PortsipConfiguration {
  readonly tenants: readonly TenantConfiguration[];
  readonly unreadable: readonly LeftOut[];
}

/** The parts that a configuration is read in. */
export const CONFIGURATION_PARTS = ['tenants', 'users', 'queues'] as const;

export type ConfigurationPart = (typeof CONFIGURATION_PARTS)[number];

/** Queues whose settings are asked for side by side; each takes three calls. */
const QUEUES_AT_ONCE = 4;

/** Of one tenant, as they were read last. */
interface Lists {
  readonly users: Listing<PbxUser>;
  readonly queues: Listing<ConfiguredQueue>;
}

/** Reads the configuration of a PBX, part by part, and remembers each as it was read last. */
export class ConfigurationReader {
  readonly #rest: Pick<PortsipRest, 'tenants' | 'of'>;
  #tenants: readonly PbxTenant[] = [];
  #missing: readonly string[] = [];
  /** By tenant id; of the tenants that there are. */
  #lists: ReadonlyMap<string, Lists> = new Map();

  constructor(rest: Pick<PortsipRest, 'tenants' | 'of'>) {
    this.#rest = rest;
  }

  /** The tenants, as they were read last. */
  get tenants(): readonly PbxTenant[] {
    return this.#tenants;
  }

  /**
   * Reads the parts that are named, tenant by tenant, and all of a tenant that is new.
   * @returns the configuration with these, and the others as they were read before
   * @throws RestError when one of them can't be read
   */
  async read(parts: ReadonlySet<ConfigurationPart>): Promise<PortsipConfiguration> {
    if (parts.has('tenants')) {
      const { tenants, missing } = await this.#rest.tenants();
      [this.#tenants, this.#missing] = [tenants, missing];
    }
    const lists = new Map<string, Lists>();
    for (const tenant of this.#tenants) {
      lists.set(tenant.id, await this.#readTenant(tenant, parts));
    }
    this.#lists = lists;
    return { tenants: this.#configured(), unreadable: this.#unreadable() };
  }

  async #readTenant(tenant: PbxTenant, parts: ReadonlySet<ConfigurationPart>): Promise<Lists> {
    const rest = this.#rest.of(tenant);
    const before = this.#lists.get(tenant.id);
    const [users, queues] = await Promise.all([
      before === undefined || parts.has('users') ? rest.users() : before.users,
      before === undefined || parts.has('queues') ? readQueues(rest) : before.queues,
    ]);
    return { users, queues };
  }

  #configured(): TenantConfiguration[] {
    return this.#tenants.map((tenant) => {
      const { users, queues } = this.#lists.get(tenant.id) ?? {};
      return { tenant, users: users?.items ?? [], queues: queues?.items ?? [] };
    });
  }

  #unreadable(): LeftOut[] {
    const lists = [...this.#lists.values()];
    return [
      ...leftOut('organizations', this.#missing),
      ...leftOut(
        'users',
        lists.flatMap(({ users }) => users.unreadable),
      ),
      ...leftOut(
        'queues',
        lists.flatMap(({ queues }) => queues.unreadable),
      ),
    ];
  }
}

async function readQueues(rest: TenantRest): Promise<Listing<ConfiguredQueue>> {
  const { items, unreadable } = await rest.queues();
  const queues = await inTurns(items, QUEUES_AT_ONCE, (queue) => readQueue(rest, queue));
  return {
    items: queues.map(({ queue }) => queue),
    unreadable: [...unreadable, ...queues.flatMap((one) => one.unreadable)],
  };
}

async function readQueue(
  rest: TenantRest,
  queue: PbxQueue,
): Promise<{ readonly queue: ConfiguredQueue; readonly unreadable: readonly string[] }> {
  const [settings, state, agents] = await Promise.all([
    unlessGone(rest.queueSettings(queue), { wrapUpSeconds: undefined, nightMode: undefined }),
    unlessGone(rest.queueState(queue), undefined),
    unlessGone(rest.agents(queue), { items: [], unreadable: [] }),
  ]);
  return {
    queue: { ...queue, ...settings, state, agents: agents.items },
    unreadable: agents.unreadable.map((problem) => `agent: ${problem}`),
  };
}

/** A queue that goes between two calls must not cost the others; the PBX tells of its end, too. */
async function unlessGone<Answer>(asking: Promise<Answer>, instead: Answer): Promise<Answer> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof RestError && error.problem === 'not-found') return instead;
    throw error;
  }
}

function leftOut(section: LeftOut['section'], problems: readonly string[]): LeftOut[] {
  return problems.map((detail) => ({ section, reason: 'unreadable', detail }));
}
