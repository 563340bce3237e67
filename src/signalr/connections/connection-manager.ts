import { randomBytes } from 'node:crypto';
import type { Connection } from './connection.js';

/** The two names of a connection. `token` is secret and goes into `id=`; `id` is what hubs see. */
export interface ConnectionIds {
  readonly id: string;
  readonly token: string;
}

export interface PendingConnection extends ConnectionIds {
  readonly userId: string;
  /** Whether stateful reconnect was granted. */
  readonly stateful: boolean;
  /** On the heartbeat's clock, ms. */
  readonly since: number;
}

export type LookUp<User> =
  | { readonly state: 'unknown' }
  | { readonly state: 'pending'; readonly pending: PendingConnection }
  | { readonly state: 'active'; readonly connection: Connection<User> };

export interface ConnectionManagerLimits {
  readonly maximumPendingNegotiations: number;
  readonly pendingTimeoutMs: number;
  readonly maximumConnections: number;
}

/**
 * Knows every connection by its token, from negotiate to the end of its transport. Pending ones
 * are bounded and removed after their time-out, active ones are bounded and removed when gone.
 */
export class ConnectionManager<User> {
  readonly #limits: ConnectionManagerLimits;
  /** Oldest first. */
  readonly #pending = new Map<string, PendingConnection>();
  readonly #active = new Map<string, Connection<User>>();
  #whenEmpty: (() => void)[] = [];

  constructor(limits: ConnectionManagerLimits) {
    this.#limits = limits;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  get activeCount(): number {
    return this.#active.size;
  }

  get full(): boolean {
    return this.#active.size >= this.#limits.maximumConnections;
  }

  connections(): Iterable<Connection<User>> {
    return this.#active.values();
  }

  /** Notes a connection that may be opened. @returns false when too many are pending */
  addPending(pending: PendingConnection): boolean {
    if (this.#pending.size >= this.#limits.maximumPendingNegotiations) return false;
    this.#pending.set(pending.token, pending);
    return true;
  }

  lookUp(token: string): LookUp<User> {
    const connection = this.#active.get(token);
    if (connection !== undefined) return { state: 'active', connection };
    const pending = this.#pending.get(token);
    return pending === undefined ? { state: 'unknown' } : { state: 'pending', pending };
  }

  /** A pending connection becomes, or one without negotiation is, active. */
  activate(token: string, connection: Connection<User>): void {
    this.#pending.delete(token);
    this.#active.set(token, connection);
  }

  /** The transport of an active connection has ended. */
  remove(token: string): void {
    if (this.#active.delete(token) && this.#active.size === 0) this.#announceEmpty();
  }

  /** Forgets what was negotiated and not opened in time. @param time on the heartbeat's clock */
  reapPending(time: number): void {
    for (const pending of this.#pending.values()) {
      if (time - pending.since <= this.#limits.pendingTimeoutMs) break;
      this.#pending.delete(pending.token);
    }
  }

  /** Resolves when no connection is active. */
  whenEmpty(): Promise<void> {
    if (this.#active.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#whenEmpty.push(resolve);
    });
  }

  #announceEmpty(): void {
    const waiters = this.#whenEmpty;
    this.#whenEmpty = [];
    for (const resolve of waiters) resolve();
  }
}

/** 128 random bits, base64url. */
export function newConnectionId(): string {
  return randomBytes(16).toString('base64url');
}
