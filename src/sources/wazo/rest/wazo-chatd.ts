import { z } from 'zod';
import { listingOf, type Listing } from '../../listing.js';
import { pageAnswer } from './page-answer.js';
import { confdId, list, uuid } from './rest-fields.js';
import type { ServiceCalls } from './service-calls.js';

const presence = z.object({
  uuid,
  tenant_uuid: uuid.nullish(),
  state: z.string(),
  status: z.string().nullish(),
  last_activity: z.string().nullish(),
  line_state: z.string().nullish(),
  do_not_disturb: z.boolean().nullish(),
  connected: z.boolean().nullish(),
  mobile: z.boolean().nullish(),
  lines: list(z.object({ id: confdId, state: z.string().nullish() })),
});

export type ChatdPresence = z.infer<typeof presence>;

/** Presences as wazo-chatd has them now, of all tenants. */
export class WazoChatd {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /**
   * How everybody is; a `starting` error for as long as wazo-chatd gathers that itself. Not paged.
   * @throws WazoRestError
   */
  async presences(): Promise<Listing<ChatdPresence>> {
    const call = {
      service: 'chatd',
      path: ['users', 'presences'],
      query: { recurse: true },
    } as const;
    return listingOf((await this.#calls.ask(call, pageAnswer)).items, presence);
  }
}
