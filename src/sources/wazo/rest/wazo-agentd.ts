import { z } from 'zod';
import { listingOf, type Listing } from '../../listing.js';
import { confdId, uuid } from './rest-fields.js';
import type { ServiceCalls } from './service-calls.js';

const agentStatus = z.object({
  id: confdId,
  tenant_uuid: uuid.nullish(),
  number: z.string(),
  logged: z.boolean(),
  paused: z.boolean().nullish(),
  paused_reason: z.string().nullish(),
  state_interface: z.string().nullish(),
  /** Since Wazo 25.10; before, an agent is in all its queues or in none. */
  queues: z
    .array(
      z.object({
        id: confdId,
        name: z.string(),
        logged: z.boolean(),
        paused: z.boolean().nullish(),
        paused_reason: z.string().nullish(),
      }),
    )
    .nullish(),
});

export type AgentdAgent = z.infer<typeof agentStatus>;

/** Agents as wazo-agentd has them now, of all tenants. */
export class WazoAgentd {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /**
   * Who is logged in to what, and paused. Not paged.
   * @throws WazoRestError
   */
  async agents(): Promise<Listing<AgentdAgent>> {
    const call = { service: 'agentd', path: ['agents'], query: { recurse: true } } as const;
    return listingOf(await this.#calls.ask(call, z.array(z.unknown())), agentStatus);
  }
}
