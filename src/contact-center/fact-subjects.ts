import type { QueueCallEvent } from './call-events.js';
import type { DomainEvent, UserEvent } from './events.js';

/** What a fact is about: the smallest things in which a snapshot may be older than an event. */
export const subject = {
  member: (queueId: string, memberId: string) => `member ${queueId} ${memberId}`,
  login: (memberId: string) => `login ${memberId}`,
  wrapUps: (memberId: string) => `wrap-ups ${memberId}`,
  visit: (queueId: string, legId: string) => `visit ${queueId} ${legId}`,
  offer: (offerId: string) => `offer ${offerId}`,
  leg: (legId: string) => `leg ${legId}`,
  parking: (legId: string) => `parking ${legId}`,
  presence: (userId: string) => `presence ${userId}`,
  doNotDisturb: (userId: string) => `do-not-disturb ${userId}`,
  terminals: (userId: string) => `terminals ${userId}`,
  phone: (userId: string) => `phone ${userId}`,
  setting: (userId: string, setting: string) => `setting ${userId} ${setting}`,
} as const;

/** What the event tells of. */
export function subjectsOf(event: DomainEvent): readonly string[] {
  switch (event.kind) {
    case 'queue-call-announced':
    case 'queue-call-joined':
    case 'queue-call-abandoned':
    case 'queue-call-left':
    case 'queue-call-answered':
    case 'queue-callback-requested':
      return [subject.visit(event.queueId, event.legId)];
    case 'queue-call-offered':
    case 'queue-call-offer-ended':
    case 'queue-call-connected':
    case 'queue-call-completed':
      return subjectsOfOffer(event);
    case 'queue-member-added':
    case 'queue-member-removed': {
      const { memberId } = event.member;
      return [subject.member(event.queueId, memberId), subject.login(memberId)];
    }
    case 'queue-exit':
      return event.queueId === undefined ? [] : [subject.visit(event.queueId, event.legId)];
    case 'wrap-up-begun':
    case 'wrap-up-over':
      return [subject.wrapUps(event.member.memberId)];
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
    case 'phone-changed':
    case 'setting-changed':
    case 'availability-set':
    case 'availability-ended':
      return subjectsOfUser(event);
    case 'queue-member-changed':
    case 'call-answered':
    case 'call-arrived':
    case 'callback-made':
    case 'service-level-breached':
    case 'call-transfer':
    case 'call-supervision':
    case 'hangup-requested':
    case 'call-missed':
    case 'snapshot-begun':
    case 'snapshot':
    case 'backlog-begun':
    case 'backlog-over':
      return [];
  }
}

type OfferEvent = Extract<QueueCallEvent, { readonly offerId: string }>;

/**
 * Ringing changes neither where the caller is nor that the member is there. Whoever gets a call
 * wraps up no more, and whoever has completed one may begin to.
 */
function subjectsOfOffer({ kind, queueId, legId, offerId, member }: OfferEvent): string[] {
  const subjects = [subject.offer(offerId)];
  if (kind !== 'queue-call-offer-ended') subjects.push(subject.wrapUps(member.memberId));
  if (kind === 'queue-call-connected' || kind === 'queue-call-completed') {
    subjects.push(subject.visit(queueId, legId));
  }
  return subjects;
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
    case 'phone-changed':
      return [subject.phone(userId)];
    case 'setting-changed':
      return [subject.setting(userId, event.setting)];
    case 'availability-set':
    case 'availability-ended':
      // No telephony system has it, so no snapshot speaks of it.
      return [];
  }
}
