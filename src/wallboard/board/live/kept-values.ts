import * as z from 'zod/mini';
import { formatAddress, readAddress } from '../model/address-options.js';
import { type BoardOptions, type ChosenOptions, DEFAULT_OPTIONS } from '../model/board-options.js';
import { type KeptHistory, MAX_HISTORIES } from '../model/waiting-history.js';

/** A storage of the browser, or what takes its place. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const historySchema = z.array(
  z.object({
    queueId: z.string(),
    newest: z.number(),
    values: z.array(z.nullable(z.number())),
  }),
);

/** What a board keeps on the device, for each person who logs in there. */
export class KeptValues {
  readonly #storage: KeyValues;
  readonly #userId: string;

  constructor(storage: KeyValues, userId: string) {
    this.#storage = storage;
    this.#userId = userId;
  }

  /** What was chosen in the dialog, as far as it can be read. */
  options(): ChosenOptions {
    return readAddress(this.#storage.getItem(this.#key('options')) ?? '').chosen;
  }

  /** Keeps options in the form of an address, of which there is a reader anyway. */
  keepOptions(options: BoardOptions): void {
    this.#write('options', formatAddress(options, DEFAULT_OPTIONS));
  }

  /** How many callers waited in the last hour. */
  history(): readonly KeptHistory[] {
    const kept = this.#storage.getItem(this.#key('history'));
    const parsed = z.safeParse(historySchema, parseJson(kept ?? ''));
    return parsed.success ? parsed.data : [];
  }

  keepHistory(history: readonly KeptHistory[]): void {
    this.#write('history', JSON.stringify(history.slice(0, MAX_HISTORIES)));
  }

  #write(what: string, value: string): void {
    try {
      this.#storage.setItem(this.#key(what), value);
    } catch {
      // A full storage costs only that it is not there after a reload.
    }
  }

  #key(what: string): string {
    return `rte-hub.board.${what}.${this.#userId}`;
  }
}

/** @returns undefined for what is no JSON, as other versions or a person may have written there */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
