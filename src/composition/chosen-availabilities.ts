import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { AvailabilityEnded, AvailabilitySet } from '../contact-center/index.js';
import { readIfThere, StateFile } from '../durable-file.js';

/** Name of the file in the data folder. */
const FILE_NAME = 'availabilities.json';

/** As many as the projections keep presences of. */
const MAX_AVAILABILITIES = 40_000;

const entrySchema = z.object({
  kind: z.literal('availability-set'),
  at: z.number(),
  userId: z.string(),
  availabilityId: z.string(),
  availability: z.enum(['Available', 'Busy', 'DoNotDisturb', 'OffWork', 'BRB', 'Away']),
  note: z.string(),
  source: z.string(),
  until: z.number().nullable(),
});

const fileSchema = z.array(entrySchema);

/** The availabilities in the data folder can't be used. */
export class AvailabilitiesError extends Error {
  override readonly name = 'AvailabilitiesError';
}

/**
 * What users have set in the hub, kept in the data folder: who wants no calls must not get one
 * because the hub was restarted.
 */
export class ChosenAvailabilities {
  readonly #file: StateFile;
  readonly #now: () => number;
  /** By user id; what was set the longest ago is forgotten first. */
  readonly #chosen: LRUCache<string, AvailabilitySet>;
  #evictions = 0;

  /**
   * Reads what was set before.
   * @param options `now` is the clock, epoch ms
   * @throws AvailabilitiesError when the file is there and can't be read
   */
  static async open(options: {
    readonly dataDir: string;
    readonly now: () => number;
  }): Promise<ChosenAvailabilities> {
    const path = join(options.dataDir, FILE_NAME);
    return new ChosenAvailabilities(path, options.now, await readEntries(path));
  }

  private constructor(path: string, now: () => number, entries: readonly AvailabilitySet[]) {
    this.#now = now;
    this.#chosen = new LRUCache({
      max: MAX_AVAILABILITIES,
      dispose: (_entry, _userId, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
    for (const entry of entries) this.#chosen.set(entry.userId, entry);
    this.#file = new StateFile(path, () => JSON.stringify(this.current()));
  }

  /** How many users have set one. */
  get size(): number {
    return this.#chosen.size;
  }

  /** Entries that were forgotten because there were too many. */
  get evictions(): number {
    return this.#evictions;
  }

  /**
   * Resolves when the change is on the disk.
   * @throws when it can't be written; then it is not kept
   */
  async keep(change: AvailabilitySet | AvailabilityEnded): Promise<void> {
    const before = this.#chosen.peek(change.userId);
    const after = change.kind === 'availability-set' ? change : withoutEnded(before, change);
    this.#put(change.userId, after);
    try {
      await this.#file.save();
    } catch (error) {
      // Unless another change has come meanwhile.
      if (this.#chosen.peek(change.userId) === after) this.#put(change.userId, before);
      throw error;
    }
  }

  /** What holds now, in the order in which it was set. */
  current(): AvailabilitySet[] {
    for (const [userId, { until }] of this.#chosen.entries()) {
      if (until !== null && until <= this.#now()) this.#chosen.delete(userId);
    }
    return [...this.#chosen.values()].reverse();
  }

  #put(userId: string, entry: AvailabilitySet | undefined): void {
    if (entry === undefined) this.#chosen.delete(userId);
    else this.#chosen.set(userId, entry);
  }
}

function withoutEnded(
  entry: AvailabilitySet | undefined,
  { availabilityId }: AvailabilityEnded,
): AvailabilitySet | undefined {
  return entry?.availabilityId === availabilityId ? undefined : entry;
}

async function readEntries(path: string): Promise<readonly AvailabilitySet[]> {
  try {
    const text = await readIfThere(path);
    return text === undefined ? [] : fileSchema.parse(JSON.parse(text));
  } catch (error) {
    const message = `the availabilities that users have set, ${path}, cannot be read: restore the file, or remove it to have all users as their telephony system says`;
    throw new AvailabilitiesError(message, { cause: error });
  }
}
