import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { SCRYPT_PARAMETERS } from './defaults.js';

const SALT_BYTES = 16;
const KEY_BYTES = 32;
const PHC =
  /^\$scrypt\$ln=(?<logN>\d{1,2}),r=(?<blockSize>\d{1,2}),p=(?<parallelism>\d{1,2})\$(?<salt>[A-Za-z0-9+/]{16,86})\$(?<key>[A-Za-z0-9+/]{43})$/u;

/** Bounds of parameters in a hash from outside: more would let a directory file exhaust memory. */
const MAX_LOG_N = 17;
const MIN_LOG_N = 10;
const MAX_BLOCK_SIZE = 16;
const MAX_PARALLELISM = 16;

interface ScryptParameters {
  /** Binary logarithm of the cost. */
  readonly logN: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

interface PasswordHash extends ScryptParameters {
  readonly salt: Buffer;
  readonly key: Buffer;
}

/**
 * Hashes a password with scrypt (RFC 7914).
 * @param salt fresh unless told
 * @returns `$scrypt$ln=14,r=8,p=5$salt$key`, the PHC string format with base64 without padding
 */
export async function hashPassword(
  password: string,
  parameters: ScryptParameters = SCRYPT_PARAMETERS,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  const key = await deriveKey(password, salt, parameters);
  const { logN, blockSize, parallelism } = parameters;
  return `$scrypt$ln=${logN},r=${blockSize},p=${parallelism}$${base64(salt)}$${base64(key)}`;
}

/** Whether text is a hash of this module, with parameters that it is willing to compute. */
export function isPasswordHash(text: string): boolean {
  return parseHash(text) !== undefined;
}

/** Whether a password belongs to a hash; false for text that is no hash. Takes constant time. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const parsed = parseHash(hash);
  if (parsed === undefined) return false;
  const key = await deriveKey(password, parsed.salt, parsed);
  return timingSafeEqual(key, parsed.key);
}

/** A hash that no password belongs to: checking it takes as long as checking a real one. */
export function decoyHash(): string {
  const { logN, blockSize, parallelism } = SCRYPT_PARAMETERS;
  const [salt, key] = [randomBytes(SALT_BYTES), randomBytes(KEY_BYTES)];
  return `$scrypt$ln=${logN},r=${blockSize},p=${parallelism}$${base64(salt)}$${base64(key)}`;
}

function parseHash(text: string): PasswordHash | undefined {
  const groups = PHC.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const hash = {
    logN: Number(groups['logN']),
    blockSize: Number(groups['blockSize']),
    parallelism: Number(groups['parallelism']),
    salt: Buffer.from(groups['salt'] ?? '', 'base64'),
    key: Buffer.from(groups['key'] ?? '', 'base64'),
  };
  return isAffordable(hash) && hash.key.length === KEY_BYTES ? hash : undefined;
}

function isAffordable({ logN, blockSize, parallelism }: ScryptParameters): boolean {
  return (
    logN >= MIN_LOG_N &&
    logN <= MAX_LOG_N &&
    blockSize >= 1 &&
    blockSize <= MAX_BLOCK_SIZE &&
    parallelism >= 1 &&
    parallelism <= MAX_PARALLELISM
  );
}

function deriveKey(password: string, salt: Buffer, parameters: ScryptParameters): Promise<Buffer> {
  const { logN, blockSize, parallelism } = parameters;
  const cost = 2 ** logN;
  const options: ScryptOptions = {
    N: cost,
    r: blockSize,
    p: parallelism,
    // RFC 7914 needs 128 * r * (N + p) bytes; Node's own bound is below that for large N.
    maxmem: 256 * blockSize * (cost + parallelism),
  };
  // The same letters typed on different systems must give the same bytes (RFC 8265, section 4.2).
  const normalized = password.normalize('NFC');
  return new Promise((resolve, reject) => {
    scrypt(normalized, salt, KEY_BYTES, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/u, '');
}
