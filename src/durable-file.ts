import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const OWNER_ONLY = 0o600;

/** The text of a file; undefined when there is none. */
export async function readIfThere(path: string | URL): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that is not there yet, for its owner only; it is on the disk when this resolves. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes a file in the place of what is there. No reader ever sees half of it. */
export async function replaceDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, text);
  await rename(draft, path);
}

/** A file that always has the newest state of something that changes often. */
export class StateFile {
  readonly #path: string;
  readonly #content: () => string;
  /** Writes run one after the other, so that the newest state is the last. */
  #saving: Promise<void> = Promise.resolve();
  /** The write that has not begun yet. */
  #nextSave: Promise<void> | undefined;

  /** @param content the state of the moment, asked for when a write begins */
  constructor(path: string, content: () => string) {
    this.#path = path;
    this.#content = content;
  }

  /**
   * Resolves when the state of this moment, or a newer one, is on the disk. All who ask while a
   * write is under way share the next one.
   */
  save(): Promise<void> {
    this.#nextSave ??= this.#saving.then(() => {
      this.#nextSave = undefined;
      return this.#write();
    });
    // A write that failed is told to who asked for it, and must not keep the next one from its turn.
    this.#saving = this.#nextSave.catch(() => undefined);
    return this.#nextSave;
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await replaceDurably(this.#path, this.#content());
  }
}
