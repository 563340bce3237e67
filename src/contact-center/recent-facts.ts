import { BoundedMap } from './bounded-map.js';
import type { QueueCallEvent } from './call-events.js';
import type { DomainEvent, MemberFacts, UserEvent } from './events.js';
import { MAX_OPEN_SNAPSHOTS, MAX_RECENT_SUBJECTS, OPEN_SNAPSHOT_MS } from './limits.js';

/** What a fact is about: the smallest things in which a snapshot may be older than an event. */
export const subject = {
  member: (queueId: string, memberId: string) => `member ${queueId} ${memberId}`,
  memberFact: (queueId: string, memberId: string, fact: keyof MemberFacts) =>
    `${fact} of ${queueId} ${memberId}`,
  login: (memberId: string) => `login ${memberId}`,
  wrapUps: (memberId: string) => `wrap-ups ${memberId}`,
  visit: (queueId: string, legId: string) => `visit ${queueId} ${legId}`,
  offer: (offerId: string) => `offer ${offerId}`,
  leg: (legId: string) => `leg ${legId}`,
  parking: (legId: string) => `parking ${legId}`,
  presence: (userId: string) => `presence ${userId}`,
  doNotDisturb: (userId: string) => `do-not-disturb ${userId}`,
  terminals: (userId: string) => `terminals ${userId}`,
  setting: (userId: string, setting: string) => `setting ${userId} ${setting}`,
} as const;

/** Whether an event has told of a subject since the snapshot began. */
export interface Recent {
  has(subject: string): boolean;
}

interface OpenSnapshot {
  readonly beganAt: number;
  readonly subjects: BoundedMap<string, true>;
}

/** What events tell while snapshots are being fetched, per snapshot; nothing at other times. */
export class RecentFacts {
  readonly #open = new BoundedMap<string, OpenSnapshot>(MAX_OPEN_SNAPSHOTS);
  #evictions = 0;

  /** Subjects noted for all snapshots that are being fetched. */
  get size(): number {
    let size = 0;
    for (const { subjects } of this.#open.values()) size += subjects.size;
    return size;
  }

  get evictions(): number {
    let evictions = this.#evictions + this.#open.evictions;
    for (const { subjects } of this.#open.values()) evictions += subjects.evictions;
    return evictions;
  }

  begin(snapshotId: string, at: number): void {
    this.#forget(snapshotId);
    const subjects = new BoundedMap<string, true>(MAX_RECENT_SUBJECTS);
    this.#open.set(snapshotId, { beganAt: at, subjects });
  }

  /** What was told since the snapshot began; it is no longer noted after that. */
  end(snapshotId: string): Recent {
    const subjects = this.#open.get(snapshotId)?.subjects;
    this.#forget(snapshotId);
    return subjects ?? NOTHING;
  }

  note(event: DomainEvent): void {
    if (this.#open.size === 0) return;
    const subjects = subjectsOf(event);
    for (const open of this.#open.values()) {
      for (const one of subjects) open.subjects.set(one, true);
    }
  }

  /** Forgets snapshots that never came. */
  sweep(now: number): void {
    for (const [snapshotId, { beganAt }] of this.#open.entries()) {
      if (now - beganAt >= OPEN_SNAPSHOT_MS) this.#forget(snapshotId);
    }
  }

  #forget(snapshotId: string): void {
    this.#evictions += this.#open.get(snapshotId)?.subjects.evictions ?? 0;
    this.#open.delete(snapshotId);
  }
}

const NOTHING: Recent = { has: () => false };

function subjectsOf(event: DomainEvent): readonly string[] {
  switch (event.kind) {
    case 'queue-call-announced':
    case 'queue-call-joined':
    case 'queue-call-abandoned':
    case 'queue-call-left':
      return [subject.visit(event.queueId, event.legId)];
    case 'queue-call-offered':
    case 'queue-call-offer-ended':
    case 'queue-call-connected':
    case 'queue-call-completed':
      return subjectsOfOffer(event);
    case 'queue-member-added':
    case 'queue-member-changed':
    case 'queue-member-removed': {
      const { queueId, member } = event;
      const facts = event.kind === 'queue-member-removed' ? [] : factsTold(event.facts);
      return [
        subject.member(queueId, member.memberId),
        subject.login(member.memberId),
        ...facts.map((fact) => subject.memberFact(queueId, member.memberId, fact)),
      ];
    }
    case 'agent-login-changed':
      return [subject.login(event.member.memberId)];
    case 'leg-changed':
    case 'leg-held':
    case 'channel-ended':
      return [subject.leg(event.legId), subject.offer(event.legId)];
    case 'call-parked':
    case 'call-unparked':
      return [subject.parking(event.legId)];
    case 'presence-changed':
    case 'do-not-disturb-changed':
    case 'terminal-changed':
    case 'setting-changed':
      return subjectsOfUser(event);
    case 'call-answered':
    case 'call-transfer':
    case 'call-supervision':
    case 'hangup-requested':
    case 'call-missed':
    case 'snapshot-begun':
    case 'snapshot':
      return [];
  }
}

type OfferEvent = Extract<QueueCallEvent, { readonly offerId: string }>;

/** A member who is rung is there, and wraps up no more; who has completed a call may begin to. */
function subjectsOfOffer({ kind, queueId, legId, offerId, member }: OfferEvent): string[] {
  const subjects = [subject.visit(queueId, legId), subject.offer(offerId)];
  if (kind === 'queue-call-offer-ended') return subjects;
  const { memberId } = member;
  return [...subjects, subject.member(queueId, memberId), subject.wrapUps(memberId)];
}

function subjectsOfUser(event: UserEvent): string[] {
  const { userId } = event;
  switch (event.kind) {
    case 'presence-changed': {
      const subjects = [subject.presence(userId)];
      if (event.doNotDisturb !== undefined) subjects.push(subject.doNotDisturb(userId));
      if (event.terminals !== undefined) subjects.push(subject.terminals(userId));
      return subjects;
    }
    case 'do-not-disturb-changed':
      return [subject.doNotDisturb(userId)];
    case 'terminal-changed':
      return [subject.terminals(userId)];
    case 'setting-changed':
      return [subject.setting(userId, event.setting)];
  }
}

const MEMBER_FACTS: readonly (keyof MemberFacts)[] = [
  'paused',
  'lastPause',
  'device',
  'ringInUse',
  'wrapUpSeconds',
  'loginTime',
];

function factsTold(facts: MemberFacts): readonly (keyof MemberFacts)[] {
  return MEMBER_FACTS.filter((fact) => facts[fact] !== undefined);
}
