import {
  type CallEnder,
  type CallerGaveUp,
  ContactCenter,
  type DomainEvent,
  type LegCall,
  type MemberFacts,
  type MemberRef,
  type Occurrence,
  type QueueStatus,
  type UserStatus,
} from '../../../src/contact-center/index.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import { expectPossibleState, fixture } from '../../support/invariants.js';

/** When every story begins. */
export const START = Date.parse('2026-11-21T10:00:00Z');

export const SECOND = 1_000;
export const WRAP_UP_SECONDS = 30;

export const ann: MemberRef = { memberId: 'ann', userIds: [people.ann] };
export const bob: MemberRef = { memberId: 'bob', userIds: [people.bob] };
/** One agent that two users share. */
export const carlAndCora: MemberRef = { memberId: 'shared', userIds: [people.carl, people.cora] };

/** An event without its time. */
export type Fact = DomainEvent extends infer Event
  ? Event extends DomainEvent
    ? Omit<Event, 'at'>
    : never
  : never;

/** What a telephony system says of one caller in one queue. */
export function callerFacts(legId: string, queueId: string = queueIds.sales) {
  const call = {
    queueId,
    legId,
    callId: `call ${legId}`,
    callerNumber: '+1',
    callerName: 'One',
    targetNumber: '3000',
  };
  const offer = (member: MemberRef, attempt = '') => ({
    ...call,
    member,
    memberNumber: '1042',
    offerId: `${legId} ${member.memberId}${attempt}`,
  });
  return {
    announced: { kind: 'queue-call-announced', ...call },
    joined: { kind: 'queue-call-joined', ...call },
    left: { kind: 'queue-call-left', ...call },
    abandoned: { kind: 'queue-call-abandoned', ...call },
    hungUp: { kind: 'channel-ended', legId },
    offered: (member: MemberRef, attempt?: string) =>
      ({ kind: 'queue-call-offered', ...offer(member, attempt) }) as const,
    offerEnded: (member: MemberRef, attempt?: string) =>
      ({ kind: 'queue-call-offer-ended', ...offer(member, attempt) }) as const,
    connected: (member: MemberRef, attempt?: string, wrapUpSeconds = WRAP_UP_SECONDS) =>
      ({ kind: 'queue-call-connected', ...offer(member, attempt), wrapUpSeconds }) as const,
    completed: (
      member: MemberRef,
      wrapUpSeconds = WRAP_UP_SECONDS,
      endedBy: CallEnder = 'remote',
    ) => ({ kind: 'queue-call-completed', ...offer(member), wrapUpSeconds, endedBy }) as const,
  } as const;
}

/** What calld says of a leg of Dora, who serves no queue, or of somebody else. */
export function leg(legId: string, changes: Partial<LegCall> = {}, userId: string = people.dora) {
  const call: LegCall = {
    callId: 'call 1.1',
    role: 'callee',
    rings: true,
    callerNumber: '+1',
    targetNumber: '1005',
    userNumber: '1005',
    ...changes,
  };
  const about = { kind: 'leg-changed', userId, legId, call } as const;
  return {
    created: { ...about, state: 'ringing', call: { ...call, rings: false } },
    ringing: { ...about, state: 'ringing' },
    up: { ...about, state: 'up' },
    ended: (causeCode?: number) =>
      causeCode === undefined
        ? ({ kind: 'channel-ended', legId } as const)
        : ({ kind: 'channel-ended', legId, causeCode } as const),
    hangsUp: { kind: 'hangup-requested', legId },
    held: { kind: 'leg-held', legId, held: true },
  } as const;
}

/** A login to a queue, with an idle device unless `facts` say otherwise. */
export function loggedIn(
  member: MemberRef,
  queueId: string = queueIds.sales,
  facts: MemberFacts = {},
) {
  return {
    kind: 'queue-member-added',
    queueId,
    member,
    facts: { device: 'idle', paused: false, ...facts },
  } as const;
}

/** News of a member of a queue. */
export function memberChanged(
  member: MemberRef,
  facts: MemberFacts,
  queueId: string = queueIds.sales,
) {
  return { kind: 'queue-member-changed', queueId, member, facts } as const;
}

/** A log-off from a queue. */
export function loggedOff(member: MemberRef, queueId: string = queueIds.sales) {
  return { kind: 'queue-member-removed', queueId, member } as const;
}

/** A user asks not to be disturbed, or no longer. */
export function doNotDisturb(userId: string, enabled: boolean) {
  return { kind: 'do-not-disturb-changed', userId, enabled, source: 'wazo-confd' } as const;
}

/** A contact center to which a test tells what happens; every fact leaves a possible state. */
export class Story {
  readonly center = new ContactCenter();
  readonly occurrences: Occurrence[] = [];
  now = START;
  readonly #known: Parameters<typeof expectPossibleState>[2];

  /** @param activitiesTold whether it is told what members do, in the place of pauses and devices */
  constructor({ activitiesTold = false } = {}) {
    this.#known = { ...fixture, activitiesTold };
  }

  tell(...facts: readonly Fact[]): void {
    for (const fact of facts) this.apply({ ...fact, at: this.now });
  }

  apply(event: DomainEvent): void {
    this.occurrences.push(...this.center.apply(event).occurrences);
    expectPossibleState(this.center, this.now, this.#known);
  }

  /** Lets time pass, and the center know it. */
  wait(ms: number): void {
    this.now += ms;
    this.occurrences.push(...this.center.tick(this.now).occurrences);
    expectPossibleState(this.center, this.now, this.#known);
  }

  user(userId: string = people.ann): UserStatus {
    return this.center.userStatus(userId, this.now);
  }

  /** Callers who gave up, of all that was told. */
  get gaveUp(): readonly CallerGaveUp[] {
    return this.occurrences.filter((one) => one.kind === 'caller-gave-up');
  }

  queue(queueId: string = queueIds.sales): QueueStatus {
    return this.center.queueStatus(queueId, this.now);
  }
}

/** The status of a user of whom nothing was told, but for `changes`. */
export function userStatusOf(changes: Partial<UserStatus> = {}): UserStatus {
  return {
    userId: people.ann,
    canBeAllocatedTo: false,
    talking: false,
    talkingStatusChanged: null,
    activeQueueId: null,
    available: true,
    schedule: true,
    serving: false,
    serviceTerminals: 0,
    activeQueues: 0,
    parkedCalls: 0,
    wrapUpStart: null,
    wrapUpEnd: null,
    ...changes,
  };
}

/** The status of a queue of which nothing was told, but for `changes`. */
export function queueStatusOf(changes: Partial<QueueStatus> = {}): QueueStatus {
  return {
    queueId: queueIds.sales,
    providers: 0,
    requesters: 0,
    servingAgentsEstimate: 0,
    allocated: 0,
    connected: 0,
    queuingRequesters: 0,
    notServedRequesters: 0,
    agentsLongTermAway: 0,
    agentsShortTermAway: 0,
    agentsImmediatelyFree: 0,
    agentsCheckedIn: 0,
    agentsOnWrapUp: 0,
    maxWaitTime: 0,
    openStatus: 0,
    ...changes,
  };
}

/** The status of a queue with `agents` idle agents and no caller, but for `changes`. */
export function servedQueueOf(agents: number, changes: Partial<QueueStatus> = {}): QueueStatus {
  return queueStatusOf({
    providers: agents,
    servingAgentsEstimate: agents,
    agentsCheckedIn: agents,
    agentsImmediatelyFree: agents,
    openStatus: 6,
    ...changes,
  });
}
