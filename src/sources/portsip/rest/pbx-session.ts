import { z } from 'zod';
import { listingOf, type Listing } from '../../listing.js';
import { count } from '../wsi/fields.js';
import { readAnswer, type PbxCall, type PbxCaller } from './pbx-caller.js';
import type { ServiceToken } from '../../service-token.js';
import { PortsipRestError } from './rest-error.js';

/** Entities asked for at once: the most that the PBX gives (OpenAPI document of version 22). */
const PAGE_SIZE = 100;

/** Most pages of one list: a tenant of 1000 users has ten. */
const MAX_PAGES = 100;

/** `{count, items}`; some versions answer short lists without that around them. */
const pageAnswer = z.union([
  z.object({ count, items: z.array(z.unknown()) }),
  z.array(z.unknown()).transform((items) => ({ count: items.length, items })),
]);

/** A call that the session's token goes with. */
export type SessionCall = Pick<PbxCall, 'path'>;

/** Reads from the PBX in one session: with its token, renewed once when it is refused. */
export class PbxSession {
  readonly #caller: PbxCaller;
  readonly #token: ServiceToken;

  constructor(caller: PbxCaller, token: ServiceToken) {
    this.#caller = caller;
    this.#token = token;
  }

  /**
   * Asks for one thing.
   * @throws PortsipRestError
   */
  async ask<T>(call: PbxCall, schema: z.ZodType<T>): Promise<T> {
    const token = await this.#token.current();
    try {
      return readAnswer(call, await this.#caller.ask({ ...call, token }), schema);
    } catch (error) {
      if (!(error instanceof PortsipRestError) || error.fault.status !== 401) throw error;
      this.#token.forget(token);
      const renewed = await this.#token.current();
      return readAnswer(call, await this.#caller.ask({ ...call, token: renewed }), schema);
    }
  }

  /**
   * Asks for all entities of a list, page by page.
   * @throws PortsipRestError
   */
  async listAll<Item>({ path }: SessionCall, schema: z.ZodType<Item>): Promise<Listing<Item>> {
    const entries: unknown[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = { top: PAGE_SIZE, skip: entries.length };
      const { count: total, items } = await this.ask({ path, query }, pageAnswer);
      entries.push(...items);
      if (items.length === 0 || entries.length >= (total ?? Infinity)) {
        return listingOf(entries, schema);
      }
    }
    const { items, unreadable } = listingOf(entries, schema);
    return { items, unreadable: [...unreadable, `what comes after ${MAX_PAGES} pages`] };
  }

  /** Gives the session's token back. Never rejects. */
  close(): Promise<void> {
    return this.#token.close();
  }
}
