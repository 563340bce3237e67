import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { readIfThere, replaceDurably, writeDurably } from '../durable-file.js';
import { SigningKeyError } from './jwk.js';

const FOLDER_OWNER_ONLY = 0o700;
const OTHERS = 0o077;

/** A fresh Ed25519 private JWK, as JSON. */
export async function generatePrivateJwk(): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  return JSON.stringify({ ...(await exportJWK(privateKey)), alg: 'EdDSA' });
}

/**
 * Reads the key that was made at an earlier start, or makes it. Of several processes that start
 * at once one makes it and all read the same.
 * @param path file of the key; its folder is made too
 * @param make the text of a fresh key
 * @returns the text of the key
 * @throws SigningKeyError when the file can neither be read nor written
 */
export async function readOrMakeKeyFile(
  path: string,
  make: () => Promise<string>,
): Promise<string> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_OWNER_ONLY });
    return (await readIfThere(path)) ?? (await makeKeyFile(path, await make()));
  } catch (error) {
    const message = `the key ${path} can neither be read nor made: check RTE_DATA_DIR and its rights`;
    throw new SigningKeyError(message, { cause: error });
  }
}

/**
 * Reads a key file.
 * @param setting the variable that names it, for the message
 * @throws SigningKeyError when it is missing or not readable
 */
export async function readKeyFile(path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const message = `the signing key ${path} cannot be read: correct ${setting} or its rights`;
    throw new SigningKeyError(message, { cause: error });
  }
}

/**
 * Reads a key file of the data folder; undefined when there is none.
 * @throws SigningKeyError when it is not readable
 */
export async function readKeyFileIfThere(path: string): Promise<string | undefined> {
  try {
    return await readIfThere(path);
  } catch (error) {
    const message = `the signing key ${path} cannot be read: correct its rights`;
    throw new SigningKeyError(message, { cause: error });
  }
}

/**
 * Makes a fresh key in the place of the one in `path`, which goes to `previousPath`, in the place of
 * what is there. At no time is there no key.
 * @returns the new and the replaced private JWK, as JSON
 * @throws SigningKeyError when there is no key to replace, or the files can't be written
 */
export async function rotateKeyFile(
  path: string,
  previousPath: string,
): Promise<{ readonly current: string; readonly previous: string }> {
  const previous = await readKeyFileIfThere(path);
  if (previous === undefined) {
    throw new SigningKeyError(
      `there is no key in ${path} yet: the hub makes it at its first start`,
    );
  }
  const current = await generatePrivateJwk();
  try {
    await replaceDurably(previousPath, previous);
    await replaceDurably(path, current);
  } catch (error) {
    const message = `the signing key ${path} cannot be replaced: check RTE_DATA_DIR and its rights`;
    throw new SigningKeyError(message, { cause: error });
  }
  return { current, previous };
}

/** A warning when others than the owner may open a key file, undefined otherwise. */
export async function exposureOf(path: string): Promise<string | undefined> {
  const { mode } = await stat(path);
  if ((mode & OTHERS) === 0) return undefined;
  return `the signing key ${path} is open to other users of this machine: chmod 600 it`;
}

/** Writes beside the target and links it into place, so that no reader ever sees half a key. */
async function makeKeyFile(path: string, text: string): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  await writeDurably(draft, text);
  try {
    await link(draft, path);
  } catch (error) {
    // Another process was first; its key is as good.
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(path, 'utf8');
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
