import { LRUCache } from 'lru-cache';
import type { MemberRef } from '../../../contact-center/index.js';
import { ENDED_CALL_MS } from './limits.js';

/** A call of the PBX, as far as messages have told of it. */
export interface PortsipCall {
  readonly sessionId: string;
  readonly tenantId: string | undefined;
  readonly callerNumber: string;
  readonly callerName: string;
  /** What the caller dialled; empty when not known. */
  readonly targetNumber: string;
  /** When the first message of it came, epoch ms. */
  readonly firstAt: number;
  /** The queue in which the caller waits. */
  readonly queueId?: string;
  /** The queue whose member answered, though it may not be known who that is. */
  readonly answered?: { readonly queueId: string; readonly at: number };
  /** The queue's member who has the call, or had it last. */
  readonly agent?: {
    readonly queueId: string;
    readonly member: MemberRef;
    readonly extensionNumber: string;
  };
  /** The endpoints that it was offered to, and its caller's, by their numbers. */
  readonly legs: ReadonlyMap<string, PortsipLeg>;
  /** Who did not take the call; told when it goes on to somebody else. */
  readonly missed?: { readonly number: string; readonly statusCode: number | undefined };
  /** The source tells of each endpoint of this call, so that nothing need be guessed. */
  readonly tellsTargets: boolean;
  /** Reads of the PBX's sessions, in a row, that did not have it. */
  readonly absences: number;
  readonly endedAt?: number;
  /** Its record has come. */
  readonly isRecorded?: boolean;
}

/** An endpoint in a call. */
export interface PortsipLeg {
  readonly role: 'caller' | 'callee';
  /** Undefined for numbers outside, and for extensions of nobody known. */
  readonly userId: string | undefined;
  readonly state: 'called' | 'ringing' | 'up' | 'over';
  /** The queue that offered the call; undefined for a call to the number itself. */
  readonly queueId?: string;
  /** An endpoint that was added to the call rings soon, though that may not be told. */
  readonly ringsSoon?: boolean;
  /** When it was called first, epoch ms. */
  readonly since: number;
}

/**
 * Calls of all tenants by their sessions. Ended ones stay for a while, so that late messages of them
 * begin nothing anew. The PBX's session ids are unique over its tenants.
 */
export class CallTable {
  readonly #calls: LRUCache<string, PortsipCall>;

  /** @param max bound of the entries; the least used goes first */
  constructor(max: number) {
    this.#calls = new LRUCache({ max });
  }

  get size(): number {
    return this.#calls.size;
  }

  get(sessionId: string): PortsipCall | undefined {
    return this.#calls.get(sessionId);
  }

  put(call: PortsipCall): void {
    this.#calls.set(call.sessionId, call);
  }

  /** All calls of a tenant that have not ended. */
  open(tenantId: string | undefined): readonly PortsipCall[] {
    return this.#all().filter((call) => call.tenantId === tenantId && call.endedAt === undefined);
  }

  /** All calls of a tenant that had not ended by `time`, epoch ms. */
  openSince(tenantId: string | undefined, time: number): readonly PortsipCall[] {
    return this.#all().filter(
      (call) => call.tenantId === tenantId && (call.endedAt ?? time) >= time,
    );
  }

  /** All calls that have not ended. */
  allOpen(): readonly PortsipCall[] {
    return this.#all().filter(({ endedAt }) => endedAt === undefined);
  }

  /** Forgets what ended a while before `now`. */
  sweep(now: number): void {
    for (const { sessionId, endedAt } of this.#all()) {
      if (endedAt !== undefined && now - endedAt >= ENDED_CALL_MS) this.#calls.delete(sessionId);
    }
  }

  #all(): PortsipCall[] {
    return [...this.#calls.values()];
  }
}

/** The id of an endpoint's leg in a call. */
export function legIdOf(sessionId: string, number: string): string {
  return `${sessionId}/${number}`;
}

/** The call with an endpoint as it is now. */
export function withLeg(call: PortsipCall, number: string, leg: PortsipLeg): PortsipCall {
  return { ...call, legs: new Map([...call.legs, [number, leg]]) };
}
