import type { BacklogEvent } from './backlog.js';
import type {
  CallAnswered,
  CallArrived,
  CallMissed,
  ChannelEnded,
  HangupRequested,
  LegEvent,
  ParkingEvent,
  QueueCallEvent,
  QueueExit,
} from './call-events.js';
import type { CallbackMade, Occurrence } from './occurrences.js';
import type { ServiceLevelBreached } from './service-level-breach.js';
import type { Corrections, SnapshotEvent } from './snapshot-events.js';
import type { SupervisionReport } from './supervision-events.js';
import type { TransferReport } from './transfer-events.js';

/**
 * What a telephony system says, in our words: the only language that sources speak to the
 * projections. Every event carries `at`, epoch milliseconds of when it happened as far as the
 * source knows (else of when it was received). Ids of users and queues are RTE ids; `legId`,
 * `offerId` and `memberId` are the telephony system's own strings.
 */
export type DomainEvent =
  | QueueCallEvent
  | QueueExit
  | QueueMemberEvent
  | WrapUpEvent
  | AgentLoginChanged
  | LegEvent
  | CallArrived
  | CallAnswered
  | CallbackMade
  | ServiceLevelBreached
  | HangupRequested
  | CallMissed
  | ParkingEvent
  | TransferReport
  | SupervisionReport
  | ChannelEnded
  | UserEvent
  | SnapshotEvent
  | BacklogEvent;

/** Availability words of RTE, the meaning of each is in the catalogue. */
export type Availability = 'Available' | 'Busy' | 'DoNotDisturb' | 'OffWork' | 'BRB' | 'Away';

/** State of the device behind a queue member. */
export type DeviceState =
  | 'unknown'
  | 'idle'
  | 'in-use'
  | 'busy'
  | 'invalid'
  | 'unavailable'
  | 'ringing'
  | 'ringing-in-use'
  | 'on-hold';

/** One member (an agent's or user's interface) of a queue, and the users behind it. */
export interface MemberRef {
  /** The member's name in its telephony system, the same in all its queues. */
  readonly memberId: string;
  /** Nobody for a member that the directory does not know; several when users share an agent. */
  readonly userIds: readonly string[];
}

/**
 * What a member does in its queue. `ready`: gets the next call; `not-ready`: wants none for now;
 * `queue-call`: talks to a caller of this queue; `other-call`: has a call of another kind.
 */
export type MemberActivity =
  'ready' | 'not-ready' | 'queue-call' | 'other-call' | 'wrap-up' | 'logged-out';

/** What is said of a member at one moment. What is absent is not known, and stays as it was. */
export interface MemberFacts {
  /**
   * Told by systems that know the outcome, in the place of what it follows from in others: pause,
   * device and calls.
   */
  readonly activity?: MemberActivity;
  readonly paused?: boolean;
  /** When it was last paused, epoch seconds by the telephony system's clock; 0 for never. */
  readonly lastPause?: number;
  readonly device?: DeviceState;
  readonly ringInUse?: boolean;
  /** The member's own wrap-up; 0 for the queue's. */
  readonly wrapUpSeconds?: number;
  /** When it logged in, epoch seconds by the telephony system's clock: one value per login. */
  readonly loginTime?: number;
}

export type QueueMemberEvent =
  | {
      readonly kind: 'queue-member-added' | 'queue-member-changed';
      readonly at: number;
      readonly queueId: string;
      readonly member: MemberRef;
      readonly facts: MemberFacts;
    }
  | {
      readonly kind: 'queue-member-removed';
      readonly at: number;
      readonly queueId: string;
      readonly member: MemberRef;
      readonly loginTime?: number;
    };

/**
 * The wrap-up of a member in a queue, from systems that tell of its beginning and end. In others it
 * begins with the end of a call and lasts its time.
 */
export type WrapUpEvent =
  | {
      readonly kind: 'wrap-up-begun';
      readonly at: number;
      readonly queueId: string;
      readonly member: MemberRef;
      /** The call that it follows, and its caller's leg; absent when the source does not know. */
      readonly call?: { readonly callId: string; readonly legId: string };
      /** How long it may last. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'wrap-up-over';
      readonly at: number;
      readonly queueId: string;
      readonly member: MemberRef;
    };

/** An agent logged in to, or off from, all its queues. */
export interface AgentLoginChanged {
  readonly kind: 'agent-login-changed';
  readonly at: number;
  readonly member: MemberRef;
  readonly loggedIn: boolean;
}

export type UserEvent =
  | {
      readonly kind: 'presence-changed';
      readonly at: number;
      readonly userId: string;
      readonly availability: Availability;
      /** The user's own words. */
      readonly note: string;
      /** Who said so, as RTE's eventSource. */
      readonly source: string;
      /** Names the presence among those of its service, a guid; absent for services without. */
      readonly profileId?: string;
      /** Whether each terminal is registered, by its id; absent when the source does not tell. */
      readonly terminals?: Readonly<Record<string, boolean>>;
      readonly doNotDisturb?: boolean;
    }
  | {
      readonly kind: 'do-not-disturb-changed';
      readonly at: number;
      readonly userId: string;
      readonly enabled: boolean;
      readonly source: string;
    }
  | UserSettingSaid
  | {
      /** What a user's telephone does, from systems that do not say in which call. */
      readonly kind: 'phone-changed';
      readonly at: number;
      readonly userId: string;
      readonly phone: PhoneState;
    }
  | {
      readonly kind: 'terminal-changed';
      readonly at: number;
      readonly userId: string;
      readonly terminalId: string;
      readonly registered: boolean;
    }
  | AvailabilitySet
  | AvailabilityEnded;

/** Somebody set a user's availability in the hub; it takes the place of one set before. */
export interface AvailabilitySet {
  readonly kind: 'availability-set';
  readonly at: number;
  readonly userId: string;
  /** Names this entry, a guid. */
  readonly availabilityId: string;
  readonly availability: Availability;
  readonly note: string;
  /** Which client set it, as RTE's eventSource. */
  readonly source: string;
  /** When it ends by itself, epoch ms; null until further notice. */
  readonly until: number | null;
}

/** The availability that was set in the hub holds no longer. */
export interface AvailabilityEnded {
  readonly kind: 'availability-ended';
  readonly at: number;
  readonly userId: string;
  readonly availabilityId: string;
}

/** A user's telephone: it has no call, rings, or has a call. */
export type PhoneState = 'idle' | 'ringing' | 'on-call';

/** A user's own setting, as its keeper has it now. */
export interface UserSettingSaid {
  readonly kind: 'setting-changed';
  readonly at: number;
  readonly userId: string;
  readonly setting: 'services.dnd' | 'services.incallfilter' | Forward;
  readonly enabled: boolean;
  /** Where a forward leads; empty for what is none. */
  readonly destination: string;
}

/** When a user's calls go elsewhere. */
export type Forward = 'forwards.busy' | 'forwards.noanswer' | 'forwards.unconditional';

/** A state that may read differently now; the reader asks for it when it wants to tell. */
export type StateChange =
  | { readonly kind: 'user-status'; readonly userId: string }
  | { readonly kind: 'user-availability'; readonly userId: string }
  | { readonly kind: 'queue-status'; readonly queueId: string };

/** What one event, or the passing of time, did. */
export interface Changes {
  readonly states: readonly StateChange[];
  readonly occurrences: readonly Occurrence[];
  /** What of it was wrong until a snapshot told better. */
  readonly corrections: Corrections;
}
