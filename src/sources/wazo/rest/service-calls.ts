import type { z } from 'zod';
import { listingOf, type Listing } from '../../listing.js';
import { pageAnswer } from './page-answer.js';
import { WazoRestError } from './rest-error.js';
import type { ServiceToken } from '../../service-token.js';
import { readAnswer, type WazoCall, type WazoCaller } from './wazo-caller.js';

/** Entities asked for at once, as Wazo's own services do. */
const PAGE_SIZE = 1000;

/** Most pages of one list: a service that always has more is broken, a Wazo is smaller. */
const MAX_PAGES = 100;

/** A call that the hub's own token goes with. */
export type ServiceCall = Omit<WazoCall, 'token' | 'authorization' | 'secretPart'>;

/** Calls of services in the hub's own name: with its token, renewed once when it is refused. */
export class ServiceCalls {
  readonly #caller: WazoCaller;
  readonly #token: ServiceToken;

  constructor(caller: WazoCaller, token: ServiceToken) {
    this.#caller = caller;
    this.#token = token;
  }

  /**
   * Asks for one thing.
   * @throws WazoRestError
   */
  async ask<T>(call: ServiceCall, schema: z.ZodType<T>): Promise<T> {
    const token = await this.#token.current();
    try {
      return readAnswer(call, await this.#caller.ask({ ...call, token }), schema);
    } catch (error) {
      if (!(error instanceof WazoRestError) || error.fault.status !== 401) throw error;
      this.#token.forget(token);
      const renewed = await this.#token.current();
      return readAnswer(call, await this.#caller.ask({ ...call, token: renewed }), schema);
    }
  }

  /**
   * Asks for all entities of all tenants that the hub's user sees, page by page.
   * @throws WazoRestError
   */
  async listAll<Item>(call: ServiceCall, schema: z.ZodType<Item>): Promise<Listing<Item>> {
    const entries: unknown[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = { recurse: true, ...call.query, limit: PAGE_SIZE, offset: entries.length };
      const { items, total } = await this.ask({ ...call, query }, pageAnswer);
      entries.push(...items);
      if (items.length === 0 || entries.length >= (total ?? 0)) break;
    }
    return listingOf(entries, schema);
  }
}
