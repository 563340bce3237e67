import { formatAddress, readAddress } from '../model/address-options.js';
import { type BoardOptions, type ChosenOptions, DEFAULT_OPTIONS } from '../model/board-options.js';

/** A storage of the browser, or what takes its place. */
export interface KeyValues {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** What a board keeps on the device, for each person who logs in there. */
export class KeptValues {
  readonly #storage: KeyValues;
  readonly #key: string;

  constructor(storage: KeyValues, userId: string) {
    this.#storage = storage;
    this.#key = `rte-hub.board.options.${userId}`;
  }

  /** What was chosen in the dialog, as far as it can be read. */
  options(): ChosenOptions {
    return readAddress(this.#storage.getItem(this.#key) ?? '').chosen;
  }

  /** Keeps options in the form of an address, of which there is a reader anyway. */
  keepOptions(options: BoardOptions): void {
    try {
      this.#storage.setItem(this.#key, formatAddress(options, DEFAULT_OPTIONS));
    } catch {
      // A full storage costs only that they are not there after a reload.
    }
  }
}
