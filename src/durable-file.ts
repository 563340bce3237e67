import { randomUUID } from 'node:crypto';
import { chown, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const OWNER_ONLY = 0o600;

/** A draft that is older was left by a process that was killed: writing one takes a moment. */
const OLD_DRAFT_MS = 60_000;

/** A dot and the random part of a draft's name. */
const DRAFT_END = /^\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

/** The text of a file; undefined when there is none. */
export function readIfThere(path: string | URL): Promise<string | undefined> {
  return ifThere(readFile(path, 'utf8'));
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

/**
 * Writes a file in the place of what is there; it is on the disk when this resolves. No reader ever
 * sees half of it, and a failure leaves nothing behind.
 */
export async function replaceDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeDurably(draft, text);
    await keepOwner(draft, path);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * What belongs to the hub's user stays theirs: root, who rotates a key at the command line, would lock
 * the hub out of it.
 */
async function keepOwner(draft: string, path: string): Promise<void> {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = (await ifThere(stat(path))) ?? (await stat(dirname(path)));
  if ((await stat(draft)).uid !== uid) await chown(draft, uid, gid);
}

/** Without it the disk may have the file, but not its name. Windows opens no folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes what `replaceDurably` has left beside a file when it was killed in the middle. */
export async function removeOldDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of (await ifThere(readdir(folder))) ?? []) {
    if (!isDraftOf(basename(path), name)) continue;
    const draft = join(folder, name);
    // Whose writer is still alive may be renamed meanwhile.
    const mtimeMs = (await ifThere(stat(draft)))?.mtimeMs ?? Date.now();
    if (Date.now() - mtimeMs > OLD_DRAFT_MS) await rm(draft, { force: true });
  }
}

/** What people put beside a file, such as a copy of it, is no draft. */
function isDraftOf(fileName: string, name: string): boolean {
  return name.startsWith(`${fileName}.`) && DRAFT_END.test(name.slice(fileName.length));
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

async function ifThere<Found>(found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
