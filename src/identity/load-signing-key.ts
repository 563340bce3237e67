import { join } from 'node:path';
import { parsePrivateJwk } from './jwk.js';
import { exposureOf, readKeyFile, readOrMakeKeyFile } from './key-file.js';
import { checkStrength, importSigningKey, type SigningKey } from './signing-key.js';

/** Name of the key file in the data folder. */
const KEY_FILE_NAME = 'signing-key.json';

/** Where the signing key comes from: given, in a file, or made in the data folder. */
export interface SigningKeyOptions {
  readonly dataDir: string;
  readonly production: boolean;
  /** Private JWK as JSON. */
  readonly signingKey: string | undefined;
  readonly signingKeyFile: string | undefined;
}

/** A key, and what the operator should be told about it at every start. */
export interface LoadedSigningKey {
  readonly key: SigningKey;
  readonly warnings: readonly string[];
}

/**
 * Loads the signing key; without one given, makes it at the first start and keeps it.
 * @throws SigningKeyError when it cannot be had, is damaged, or is weak in production
 */
export async function loadSigningKey(options: SigningKeyOptions): Promise<LoadedSigningKey> {
  const { text, origin, exposure } = await locate(options);
  const jwk = parsePrivateJwk(text, origin);
  const weakness = checkStrength(jwk, origin, options.production);
  const warnings = [exposure, weakness].filter((warning) => warning !== undefined);
  return { key: await importSigningKey(jwk, origin), warnings };
}

interface LocatedKey {
  readonly text: string;
  /** For messages: the variable or the path. */
  readonly origin: string;
  readonly exposure: string | undefined;
}

async function locate(options: SigningKeyOptions): Promise<LocatedKey> {
  if (options.signingKey !== undefined) {
    return { text: options.signingKey, origin: 'RTE_SIGNING_KEY', exposure: undefined };
  }
  const given = options.signingKeyFile;
  const path = given ?? join(options.dataDir, KEY_FILE_NAME);
  const text = given === undefined ? await readOrMakeKeyFile(path) : await readKeyFile(path);
  return { text, origin: path, exposure: await exposureOf(path) };
}
