import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Tell the two kinds of keys from each other, and from passwords. */
const DERIVED = 'rsk1_';
const SEALED = 'rsk2_';

const KEY_BYTES = 32;
const CIPHER = 'aes-256-gcm';
/** What NIST SP 800-38D recommends for GCM: 96 bits, random; the tag whole. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Secret keys: what a client gets for its password, to log in with from then on instead of it. No
 * list of them is kept, so they survive a restart; each ends with its password.
 *
 * - Of a user whose password hash is here: a keyed digest of that hash. It tells nothing of the
 *   password, and another hash makes another key.
 * - Of a user whose password another system has: the password itself, encrypted, since only that
 *   system can tell whether it is still right. It is asked at each login.
 */
export class SecretKeys {
  readonly #macKey: Buffer;
  readonly #sealKey: Buffer;
  readonly #saltKey: Buffer;
  readonly #sessionKey: Buffer;

  /** @param secret 32 bytes or more, the same after a restart; another one ends all keys */
  constructor(secret: Buffer) {
    const subkey = (purpose: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `rte-hub ${purpose}`, KEY_BYTES));
    this.#macKey = subkey('secret key');
    this.#sealKey = subkey('sealed password');
    this.#saltKey = subkey('salt');
    this.#sessionKey = subkey('login session');
  }

  /** The key of a user whose password hash is known. */
  derive(userId: string, passwordHash: string): string {
    const digest = createHmac('sha256', this.#macKey).update(`${userId}\n${passwordHash}`);
    return `${DERIVED}${digest.digest('base64url')}`;
  }

  /** Whether text is the derived key of that user. Takes the same time whatever the text is. */
  isKeyOf(userId: string, passwordHash: string, text: string): boolean {
    const digest = (value: string) => createHmac('sha256', this.#macKey).update(value).digest();
    return timingSafeEqual(digest(text), digest(this.derive(userId, passwordHash)));
  }

  /** The key of a user whose password another system checks; good for that name only. */
  seal(userName: string, password: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#sealKey, nonce).setAAD(boundTo(userName));
    const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
    const bytes = Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    return `${SEALED}${bytes.toString('base64url')}`;
  }

  /** The password in a sealed key of that name; undefined for text that is none. */
  open(userName: string, text: string): string | undefined {
    if (!text.startsWith(SEALED)) return undefined;
    const bytes = Buffer.from(text.slice(SEALED.length), 'base64url');
    const sealed = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    if (sealed.length === 0) return undefined;
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv(
      CIPHER,
      this.#sealKey,
      bytes.subarray(0, NONCE_BYTES),
      options,
    )
      .setAAD(boundTo(userName))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
    } catch {
      // Whatever was changed in it, it is a key that nobody has, not an error of ours.
      return undefined;
    }
  }

  /** What belongs to a secret key is encrypted with this, of 32 bytes; nobody has it without both secrets. */
  sealKeyOf(secretKey: string): Uint8Array {
    return createHmac('sha256', this.#sessionKey).update(secretKey).digest();
  }

  /**
   * A salt for the hash of a plain password in a directory file, the same at each start: a fresh one
   * would end the keys of its user. Nobody else can reckon it.
   */
  saltFor(password: string): Buffer {
    return createHmac('sha256', this.#saltKey).update(password).digest();
  }
}

function boundTo(userName: string): Buffer {
  return Buffer.from(userName.toLowerCase(), 'utf8');
}
