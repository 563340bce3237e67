import type { EncodedTemplate, HubProtocol, TemplateSource } from './hub-protocol.js';
import type { InvocationMessage } from './messages.js';

/** Told of every encoding of a shared message, so that encode-once can be watched. */
export interface EncodingObserver {
  valueEncoded(label: string, protocol: string): void;
}

/**
 * The constant part of an invocation that a connection will receive many times, encoded once.
 * Its single argument is an object: the members of `constant`, then one open member, `slot`.
 * `conflate`: a newer message replaces an older one that waits: of the same template, or of the same
 * `conflationKey` where the messages have one.
 */
export class MessageTemplate {
  readonly conflate: boolean;
  readonly #source: TemplateSource;
  readonly #encoded = new PerProtocol<EncodedTemplate>();

  /** @throws {TypeError} when `constant` already has a member named as the slot */
  constructor(options: TemplateSource & { readonly conflate: boolean }) {
    if (Object.hasOwn(options.constant, options.slot)) {
      throw new TypeError(`The slot '${options.slot}' is also a constant member.`);
    }
    this.#source = options;
    this.conflate = options.conflate;
  }

  /** The encoded form, made at the first call for a protocol. */
  encodedFor(protocol: HubProtocol): EncodedTemplate {
    const known = this.#encoded.get(protocol);
    return known ?? this.#encoded.set(protocol, protocol.encodeTemplate(this.#source));
  }
}

/**
 * A value for the slot of a template, encoded at most once per protocol however many receive it.
 * `label` names it in metrics; `expiresAt` (epoch ms): still waiting then, it is dropped; `madeAt`
 * (epoch ms): how long it took from then until it was written is counted;
 * `conflationKey` says what it is about, for templates whose messages are about several things.
 */
export class SharedMessage {
  readonly label: string;
  readonly expiresAt: number | undefined;
  readonly madeAt: number | undefined;
  readonly conflationKey: string | undefined;
  readonly #value: unknown;
  readonly #encoded = new PerProtocol<Uint8Array>();

  constructor(options: {
    readonly value: unknown;
    readonly label: string;
    readonly expiresAt?: number;
    readonly madeAt?: number;
    readonly conflationKey?: string;
  }) {
    this.#value = options.value;
    this.label = options.label;
    this.expiresAt = options.expiresAt;
    this.madeAt = options.madeAt;
    this.conflationKey = options.conflationKey;
  }

  /** @throws {TypeError} when the value can't be encoded */
  encodedFor(protocol: HubProtocol, observer: EncodingObserver): Uint8Array {
    const known = this.#encoded.get(protocol);
    if (known !== undefined) return known;
    observer.valueEncoded(this.label, protocol.name);
    return this.#encoded.set(protocol, protocol.encodeValue(this.#value));
  }
}

/** A whole invocation without id for many connections, encoded once per protocol. */
export class SharedInvocation {
  readonly #message: InvocationMessage;
  readonly #encoded = new PerProtocol<Uint8Array>();

  constructor(target: string, args: readonly unknown[]) {
    this.#message = { kind: 'invocation', target, arguments: args };
  }

  /** @throws {TypeError} when an argument can't be encoded */
  encodedFor(protocol: HubProtocol, observer: EncodingObserver): Uint8Array {
    const known = this.#encoded.get(protocol);
    if (known !== undefined) return known;
    observer.valueEncoded('invocation', protocol.name);
    return this.#encoded.set(protocol, protocol.encode(this.#message));
  }
}

/** At most one value per protocol; two protocols exist, so a list beats a map in time and space. */
class PerProtocol<T> {
  readonly #entries: { readonly protocol: HubProtocol; readonly value: T }[] = [];

  get(protocol: HubProtocol): T | undefined {
    for (const entry of this.#entries) if (entry.protocol === protocol) return entry.value;
    return undefined;
  }

  set(protocol: HubProtocol, value: T): T {
    this.#entries.push({ protocol, value });
    return value;
  }
}
