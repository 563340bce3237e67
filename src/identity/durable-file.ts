import { randomUUID } from 'node:crypto';
import { open, rename } from 'node:fs/promises';

const OWNER_ONLY = 0o600;

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
