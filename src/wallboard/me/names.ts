import { signal } from '@preact/signals';
import type { Rest } from '../shell/rest.js';
import { RestError } from '../shell/rest-error.js';
import { userAnswer } from './answers.js';

/** Colleagues whose names are kept; beyond that the first ones are asked for anew. */
const MAX_NAMES = 500;

/** The names of colleagues, asked for one by one when they are to be shown. */
export class UserNames {
  readonly #rest: Rest;
  /** By the ids of users; null for who may not be seen. */
  readonly #names = signal<ReadonlyMap<string, string | null>>(new Map());
  readonly #asked = new Set<string>();

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** The name of a user; undefined while it is not known. A component that reads it follows it. */
  of(userId: string): string | undefined {
    return this.#names.value.get(userId) ?? undefined;
  }

  /** Asks for the names that were not asked for yet; what failed is asked for the next time. */
  async want(userIds: Iterable<string>): Promise<void> {
    const wanted = [...new Set(userIds)].filter((userId) => !this.#asked.has(userId));
    await Promise.all(wanted.map((userId) => this.#ask(userId)));
  }

  async #ask(userId: string): Promise<void> {
    this.#asked.add(userId);
    try {
      const { DisplayName: name } = await this.#rest.get(`/users/${userId}`, userAnswer);
      this.#keep(userId, name);
    } catch (error) {
      const isHidden = error instanceof RestError && error.status === 404;
      if (isHidden) this.#keep(userId, null);
      // A name is not worth a message: the id's place stays empty until it is asked for again.
      else this.#asked.delete(userId);
    }
  }

  #keep(userId: string, name: string | null): void {
    const next = new Map(this.#names.value).set(userId, name);
    const [first] = next.keys();
    if (next.size > MAX_NAMES && first !== undefined) {
      next.delete(first);
      this.#asked.delete(first);
    }
    this.#names.value = next;
  }
}
