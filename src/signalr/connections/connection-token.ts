import { Buffer } from 'node:buffer';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TransportName } from './transports/transport.js';

/** What a node needs to know of a connection that was negotiated elsewhere. */
export interface TokenContent {
  /** 128 random bits, base64url: what hubs see. */
  readonly id: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  readonly transports: readonly TransportName[];
  readonly stateful: boolean;
  /** Whether this node issued it. */
  readonly own: boolean;
}

/** Format 1, in bytes: format, flags, expiry, node, user, connection id, then the signature. */
const FORMAT = 1;
const FLAGS_AT = 1;
const EXPIRY_AT = 2;
const NODE_AT = 8;
const USER_AT = 16;
const ID_AT = 32;
const SIGNATURE_AT = 48;
const LENGTH = 80;
/** Shorter keys can be guessed offline from one token (RFC 2104 3). */
export const MINIMUM_KEY_BYTES = 32;

const FLAGS: readonly TransportName[] = ['WebSockets', 'ServerSentEvents', 'LongPolling'];
const STATEFUL = 8;

/**
 * Makes and checks connection tokens. A token says who may open which connection until when, signed
 * with HMAC-SHA-256, so that each node with the key can check it. The user stands in it as a digest,
 * because URLs end up in the logs of proxies.
 */
export class ConnectionTokens {
  readonly #key: Buffer;
  readonly #node = randomBytes(USER_AT - NODE_AT);

  /** @param key random when undefined: then no other node knows it */
  constructor(key: string | Uint8Array | undefined) {
    this.#key = key === undefined ? randomBytes(MINIMUM_KEY_BYTES) : Buffer.from(key);
  }

  /** @param expiresAt epoch ms. @returns base64url, since JS clients don't encode it in the query */
  issue(
    id: string,
    userId: string,
    content: Pick<TokenContent, 'expiresAt' | 'transports' | 'stateful'>,
  ): string {
    const token = Buffer.alloc(LENGTH);
    token.writeUInt8(FORMAT);
    token.writeUInt8(flagsOf(content), FLAGS_AT);
    token.writeUIntBE(content.expiresAt, EXPIRY_AT, NODE_AT - EXPIRY_AT);
    this.#node.copy(token, NODE_AT);
    this.#userDigest(userId).copy(token, USER_AT);
    Buffer.from(id, 'base64url').copy(token, ID_AT);
    this.#sign(token).copy(token, SIGNATURE_AT);
    return token.toString('base64url');
  }

  /** Gives undefined for anything but a token that was issued for this user, expired or not. */
  read(text: string, userId: string): TokenContent | undefined {
    const token = Buffer.from(text, 'base64url');
    if (token.length !== LENGTH || token.toString('base64url') !== text) return undefined;
    if (!timingSafeEqual(token.subarray(SIGNATURE_AT), this.#sign(token))) return undefined;
    if (token.readUInt8() !== FORMAT) return undefined;
    if (!token.subarray(USER_AT, ID_AT).equals(this.#userDigest(userId))) return undefined;
    const flags = token.readUInt8(FLAGS_AT);
    return {
      id: token.toString('base64url', ID_AT, SIGNATURE_AT),
      expiresAt: token.readUIntBE(EXPIRY_AT, NODE_AT - EXPIRY_AT),
      transports: FLAGS.filter((_name, bit) => (flags & (1 << bit)) !== 0),
      stateful: (flags & STATEFUL) !== 0,
      own: token.subarray(NODE_AT, USER_AT).equals(this.#node),
    };
  }

  #sign(token: Buffer): Buffer {
    const content = token.subarray(0, SIGNATURE_AT);
    return createHmac('sha256', this.#key).update('token').update(content).digest();
  }

  #userDigest(userId: string): Buffer {
    const digest = createHmac('sha256', this.#key).update('user').update(userId).digest();
    return digest.subarray(0, ID_AT - USER_AT);
  }
}

function flagsOf({ transports, stateful }: Pick<TokenContent, 'transports' | 'stateful'>): number {
  let flags = stateful ? STATEFUL : 0;
  for (const name of transports) flags |= 1 << FLAGS.indexOf(name);
  return flags;
}
