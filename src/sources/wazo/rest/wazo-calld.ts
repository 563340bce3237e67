import { z } from 'zod';
import { listingOf, type Listing } from '../../listing.js';
import { pageAnswer } from './page-answer.js';
import { uuid } from './rest-fields.js';
import type { ServiceCalls } from './service-calls.js';

const calldCall = z.object({
  /** Asterisk's Uniqueid. */
  call_id: z.string().min(1),
  /** Asterisk's Linkedid. */
  conversation_id: z.string().nullish(),
  user_uuid: z.union([uuid, z.literal('')]).nullish(),
  tenant_uuid: uuid.nullish(),
  status: z.string(),
  on_hold: z.boolean().nullish(),
  is_caller: z.boolean().nullish(),
  direction: z.string().nullish(),
  caller_id_number: z.string().nullish(),
  peer_caller_id_number: z.string().nullish(),
  dialed_extension: z.string().nullish(),
  line_id: z.number().int().nullish(),
  creation_time: z.string().nullish(),
  answer_time: z.string().nullish(),
});

export type CalldCall = z.infer<typeof calldCall>;

/** Users' live calls as wazo-calld has them now, of all tenants. */
export class WazoCalld {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /**
   * All live legs of users. Not paged.
   * @throws WazoRestError
   */
  async calls(): Promise<Listing<CalldCall>> {
    const call = { service: 'calld', path: ['calls'], query: { recurse: true } } as const;
    return listingOf((await this.#calls.ask(call, pageAnswer)).items, calldCall);
  }
}
