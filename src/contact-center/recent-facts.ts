import { BoundedMap } from './bounded-map.js';
import type { QueueCallEvent } from './call-events.js';
import type { DomainEvent, MemberFacts } from './events.js';
import { subject, subjectsOf } from './fact-subjects.js';
import {
  MAX_MEMBERS,
  MAX_OPEN_SNAPSHOTS,
  MAX_RECENT_SUBJECTS,
  OPEN_SNAPSHOT_MS,
} from './limits.js';

/** What events have told since the snapshot began. */
export interface Recent {
  /** Whether they told of the subject. */
  has(subject: string): boolean;
  /** What they told of the member, though it may not have been known then. */
  memberFacts(queueId: string, memberId: string): MemberFacts;
  /** The call that they told the member to have completed in the queue, if no other came since. */
  completion(queueId: string, memberId: string): Completion | undefined;
}

type Completion = Extract<QueueCallEvent, { readonly kind: 'queue-call-completed' }>;

class OpenSnapshot implements Recent {
  readonly beganAt: number;
  readonly #subjects = new BoundedMap<string, true>(MAX_RECENT_SUBJECTS);
  readonly #memberFacts = new BoundedMap<string, MemberFacts>(MAX_MEMBERS);
  readonly #completions = new BoundedMap<string, Completion>(MAX_MEMBERS);

  constructor(beganAt: number) {
    this.beganAt = beganAt;
  }

  get size(): number {
    return this.#subjects.size + this.#memberFacts.size + this.#completions.size;
  }

  get evictions(): number {
    return this.#subjects.evictions + this.#memberFacts.evictions + this.#completions.evictions;
  }

  has(one: string): boolean {
    return this.#subjects.has(one);
  }

  memberFacts(queueId: string, memberId: string): MemberFacts {
    return this.#memberFacts.get(subject.member(queueId, memberId)) ?? {};
  }

  completion(queueId: string, memberId: string): Completion | undefined {
    const completion = this.#completions.get(memberId);
    return completion?.queueId === queueId ? completion : undefined;
  }

  note(event: DomainEvent): void {
    for (const one of subjectsOf(event)) this.#subjects.set(one, true);
    this.#noteMember(event);
    this.#noteCompletion(event);
  }

  #noteMember(event: DomainEvent): void {
    if (event.kind !== 'queue-member-added' && event.kind !== 'queue-member-changed') return;
    const key = subject.member(event.queueId, event.member.memberId);
    this.#memberFacts.set(key, { ...this.#memberFacts.get(key), ...event.facts });
  }

  #noteCompletion(event: DomainEvent): void {
    if (event.kind === 'queue-call-completed') {
      this.#completions.set(event.member.memberId, event);
    } else if (event.kind === 'queue-call-offered' || event.kind === 'queue-call-connected') {
      this.#completions.delete(event.member.memberId);
    }
  }
}

/** What events tell while snapshots are being fetched, per snapshot; nothing at other times. */
export class RecentFacts {
  readonly #open = new BoundedMap<string, OpenSnapshot>(MAX_OPEN_SNAPSHOTS);
  #evictions = 0;

  /** Subjects noted for all snapshots that are being fetched. */
  get size(): number {
    let size = 0;
    for (const open of this.#open.values()) size += open.size;
    return size;
  }

  get evictions(): number {
    let evictions = this.#evictions + this.#open.evictions;
    for (const open of this.#open.values()) evictions += open.evictions;
    return evictions;
  }

  begin(snapshotId: string, at: number): void {
    this.#forget(snapshotId);
    this.#open.set(snapshotId, new OpenSnapshot(at));
  }

  /** What was told since the snapshot began; it is no longer noted after that. */
  end(snapshotId: string): Recent {
    const open = this.#open.get(snapshotId);
    this.#forget(snapshotId);
    return open ?? NOTHING;
  }

  note(event: DomainEvent): void {
    for (const open of this.#open.values()) open.note(event);
  }

  /** Forgets snapshots that never came. */
  sweep(now: number): void {
    for (const [snapshotId, { beganAt }] of this.#open.entries()) {
      if (now - beganAt >= OPEN_SNAPSHOT_MS) this.#forget(snapshotId);
    }
  }

  #forget(snapshotId: string): void {
    this.#evictions += this.#open.get(snapshotId)?.evictions ?? 0;
    this.#open.delete(snapshotId);
  }
}

const NOTHING: Recent = { has: () => false, memberFacts: () => ({}), completion: () => undefined };
