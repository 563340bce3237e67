import { join } from 'node:path';
import { parsePrivateJwk, SigningKeyError } from './jwk.js';
import {
  exposureOf,
  generatePrivateJwk,
  readKeyFile,
  readKeyFileIfThere,
  readOrMakeKeyFile,
} from './key-file.js';
import { checkStrength, importSigningKey, type SigningKey } from './signing-key.js';
import type { SigningKeys } from './signing-keys.js';

/** Names of the key files in the data folder. */
const KEY_FILE_NAME = 'signing-key.json';
const PREVIOUS_KEY_FILE_NAME = 'signing-key.previous.json';

/** The key files in the data folder: the key that signs, and the one that did before. */
export function keyFilesIn(dataDir: string): {
  readonly current: string;
  readonly previous: string;
} {
  return {
    current: join(dataDir, KEY_FILE_NAME),
    previous: join(dataDir, PREVIOUS_KEY_FILE_NAME),
  };
}

/** Where the signing keys come from: given, in files, or in the data folder. Keys are private JWKs as JSON. */
export interface SigningKeysOptions {
  readonly dataDir: string;
  readonly production: boolean;
  readonly signingKey: string | undefined;
  readonly signingKeyFile: string | undefined;
  /** The key that signed before; its tokens are accepted until they expire. */
  readonly previousSigningKey: string | undefined;
  readonly previousSigningKeyFile: string | undefined;
}

/** The keys, and what the operator should be told about them at every start. */
export interface LoadedSigningKeys {
  readonly keys: SigningKeys;
  readonly warnings: readonly string[];
}

/**
 * Loads the signing keys; without one given, makes it at the first start and keeps it.
 * @throws SigningKeyError when one cannot be had, is damaged, or is weak in production
 */
export async function loadSigningKeys(options: SigningKeysOptions): Promise<LoadedSigningKeys> {
  const current = await load((await givenKey(options)) ?? (await ownKey(options)), options);
  const place = await previousKey(options);
  const previous = place && (await load(place, options));
  return {
    keys: { current: current.key, previous: previous?.key },
    warnings: [...current.warnings, ...(previous?.warnings ?? [])],
  };
}

/** What is wrong with the keys that are given. One that is still to be made cannot be wrong. */
export async function checkGivenKeys(
  options: Omit<SigningKeysOptions, 'dataDir'>,
): Promise<{ readonly faults: readonly string[]; readonly warnings: readonly string[] }> {
  const [faults, warnings]: [string[], string[]] = [[], []];
  for (const locate of [givenKey, givenPreviousKey]) {
    try {
      const place = await locate(options);
      if (place !== undefined) warnings.push(...(await load(place, options)).warnings);
    } catch (error) {
      if (!(error instanceof SigningKeyError)) throw error;
      faults.push(error.message);
    }
  }
  return { faults, warnings };
}

/** The text of a key and where it was. */
interface LocatedKey {
  readonly text: string;
  /** For messages: the variable or the path. */
  readonly origin: string;
  /** A warning when others may read it. */
  readonly exposure: string | undefined;
}

async function load(
  { text, origin, exposure }: LocatedKey,
  { production }: Pick<SigningKeysOptions, 'production'>,
): Promise<{ readonly key: SigningKey; readonly warnings: readonly string[] }> {
  const jwk = parsePrivateJwk(text, origin);
  const weakness = checkStrength(jwk, origin, production);
  const warnings = [exposure, weakness].filter((warning) => warning !== undefined);
  return { key: await importSigningKey(jwk, origin), warnings };
}

function givenKey(options: Omit<SigningKeysOptions, 'dataDir'>): Promise<LocatedKey | undefined> {
  return given('RTE_SIGNING_KEY', options.signingKey, options.signingKeyFile);
}

function givenPreviousKey(
  options: Omit<SigningKeysOptions, 'dataDir'>,
): Promise<LocatedKey | undefined> {
  const { previousSigningKey, previousSigningKeyFile } = options;
  return given('RTE_SIGNING_KEY_PREVIOUS', previousSigningKey, previousSigningKeyFile);
}

async function given(
  setting: string,
  text: string | undefined,
  file: string | undefined,
): Promise<LocatedKey | undefined> {
  if (text !== undefined) return { text, origin: setting, exposure: undefined };
  return file === undefined ? undefined : inFile(file, await readKeyFile(file, `${setting}_FILE`));
}

async function ownKey({ dataDir }: SigningKeysOptions): Promise<LocatedKey> {
  const { current } = keyFilesIn(dataDir);
  return inFile(current, await readOrMakeKeyFile(current, generatePrivateJwk));
}

/** One in the data folder belongs to the key there: beside a given key it means nothing. */
async function previousKey(options: SigningKeysOptions): Promise<LocatedKey | undefined> {
  const there = await givenPreviousKey(options);
  if (there !== undefined || (await givenKey(options)) !== undefined) return there;
  const { previous } = keyFilesIn(options.dataDir);
  const text = await readKeyFileIfThere(previous);
  return text === undefined ? undefined : inFile(previous, text);
}

async function inFile(path: string, text: string): Promise<LocatedKey> {
  return { text, origin: path, exposure: await exposureOf(path) };
}
