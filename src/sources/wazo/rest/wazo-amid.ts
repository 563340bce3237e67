import { z } from 'zod';
import type { ServiceCalls } from './service-calls.js';

/** One event of an action's answer: Asterisk's names and texts, `Event` among them. */
export type AmiRow = Readonly<Record<string, unknown>>;

const rows = z.array(z.record(z.string(), z.unknown()));

/** Asterisk manager actions through wazo-amid; a token of the master tenant is needed. */
export class WazoAmid {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /**
   * Runs an action that may be repeated, such as QueueStatus, CoreShowChannels or CoreStatus.
   * @returns the rows of its answer, the `Response` row and the one that ends the list included
   * @throws WazoRestError
   */
  action(
    name: string,
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<readonly AmiRow[]> {
    return this.#calls.ask(
      { service: 'amid', method: 'POST', path: ['action', name], body: parameters },
      rows,
    );
  }

  /**
   * Has Asterisk raise a UserEvent, which comes back on the bus.
   * @param name its `UserEvent` field
   * @param fields its other fields
   * @throws WazoRestError
   */
  async userEvent(name: string, fields: Readonly<Record<string, string>>): Promise<void> {
    await this.action('UserEvent', { UserEvent: name, ...fields });
  }
}
