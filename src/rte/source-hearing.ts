import type { DirectoryHolder } from '../directory/types.js';

/** How an organization's sources are. */
interface Hearing {
  readonly isUp: boolean;
  /** Number of the last minute of which something was not heard. */
  readonly missedIn: number;
}

/** Whether a minute was heard from its beginning on, by what SourceStatus told. */
export class SourceHearing {
  readonly #directory: DirectoryHolder;
  /** By organization id; of those in the directory only. */
  readonly #hearings = new Map<string, Hearing>();

  constructor(directory: DirectoryHolder) {
    this.#directory = directory;
  }

  /**
   * The organization's sources are all up, or not all, at some time in that minute.
   * @returns whether something of the minute was not heard
   */
  take(organizationId: string, isUp: boolean, minute: number): boolean {
    if (!this.#directory.current.organizations.has(organizationId)) return false;
    if (isUp && this.#hearings.get(organizationId)?.isUp === true) return false;
    this.#hearings.set(organizationId, { isUp, missedIn: minute });
    return true;
  }

  /** Something of that minute was not heard, though the sources are up. */
  miss(minute: number): void {
    for (const [id, { isUp }] of this.#hearings) this.#hearings.set(id, { isUp, missedIn: minute });
  }

  /** Whether all of that minute was heard so far. Of whom no source was told, nothing is. */
  isWhole(organizationId: string, minute: number): boolean {
    const hearing = this.#hearings.get(organizationId);
    return hearing?.isUp === true && hearing.missedIn !== minute;
  }

  /** Forgets organizations that the directory does not have any more. */
  forgetUnknown(): void {
    const { organizations } = this.#directory.current;
    for (const id of this.#hearings.keys()) if (!organizations.has(id)) this.#hearings.delete(id);
  }
}
