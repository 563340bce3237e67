import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SigningKeyError } from './jwk.js';
import { readOrMakeKeyFile } from './key-file.js';

/** Name of its file in the data folder. */
const FILE_NAME = 'login-secret';

const SECRET_BYTES = 32;

/** 32 bytes have 43 characters. */
const BASE64URL = /^[A-Za-z0-9_-]{43,}$/u;

/** Where the secret comes from: given, or made in the data folder. */
export interface LoginSecretOptions {
  readonly dataDir: string;
  /** Base64url of 32 bytes or more. */
  readonly loginSecret: string | undefined;
}

/**
 * Loads the secret that secret keys are made with; without one given, makes it at the first start
 * and keeps it.
 * @throws SigningKeyError when it can't be had, or is too short
 */
export async function loadLoginSecret(options: LoginSecretOptions): Promise<Buffer> {
  const { dataDir, loginSecret } = options;
  const path = join(dataDir, FILE_NAME);
  const text = loginSecret ?? (await readOrMakeKeyFile(path, newSecret)).trim();
  if (BASE64URL.test(text)) return Buffer.from(text, 'base64url');
  const origin = loginSecret === undefined ? path : 'RTE_LOGIN_SECRET';
  throw new SigningKeyError(
    `${origin} is not 32 random bytes or more in base64url: make it with openssl rand -base64 32 | tr '+/' '-_' | tr -d =`,
  );
}

function newSecret(): Promise<string> {
  return Promise.resolve(randomBytes(SECRET_BYTES).toString('base64url'));
}
