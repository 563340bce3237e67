import type { CallParked, LegCall, OfferRef } from './call-events.js';
import type {
  Availability,
  MemberFacts,
  MemberRef,
  PhoneState,
  UserSettingSaid,
} from './events.js';

/**
 * What a telephony system has just now, asked for because events may have been lost. What a
 * snapshot does not speak of stays as it is. States follow it; nothing that happened is concluded
 * from it, but for the end of what clients were told of.
 *
 * A source tells `snapshot-begun` before it asks, `snapshot` when it has all answers and all events
 * from before the answers have been told. What events tell between the two is newer than the
 * snapshot and stays. That is judged by the order in which events are applied, since the clocks of
 * telephony systems and hub differ.
 */
export type SnapshotEvent = SnapshotBegun | Snapshot;

/**
 * Why a snapshot was asked for: nothing is known yet, events may have been lost, something else than
 * an event says that the state is another, or nothing does and it is only compared.
 */
export type SnapshotOccasion = 'start' | 'gap' | 'change' | 'audit';

interface SnapshotBegun {
  readonly kind: 'snapshot-begun';
  readonly at: number;
  /** Ties the snapshot to its beginning; beginning again under the same id forgets the first. */
  readonly snapshotId: string;
}

export interface Snapshot {
  readonly kind: 'snapshot';
  /** In the time of the source's events, since what the snapshot ends did so at that time. */
  readonly at: number;
  /** Without a beginning under this id, everything told before is older than the snapshot. */
  readonly snapshotId: string;
  /** Absent when the source does not tell. */
  readonly occasion?: SnapshotOccasion;
  /** Queues, each complete. */
  readonly queues?: readonly QueueSnapshot[];
  /** Whether agents are logged in to any queue. Lists of members in `queues` win over it. */
  readonly agents?: readonly AgentSnapshot[];
  readonly calls?: CallsSnapshot;
  readonly users?: readonly UserSnapshot[];
}

/**
 * A queue as it is. One that does not exist has no members and no callers; it is also how a queue
 * that left the directory is forgotten.
 */
export type QueueSnapshot =
  { readonly queueId: string; readonly exists: false } | ExistingQueueSnapshot;

export interface ExistingQueueSnapshot {
  readonly queueId: string;
  readonly exists: true;
  /** All members. */
  readonly members: readonly MemberSnapshot[];
  /** All callers who wait, rung for or not. */
  readonly waiting: readonly WaitingCaller[];
  /** All callers who talk to a member; absent when the source cannot tell. */
  readonly connected?: readonly ConnectedCaller[];
}

export interface MemberSnapshot {
  readonly member: MemberRef;
  readonly facts: MemberFacts;
  /** Its wrap-up in this queue, epoch ms; null for none, absent when the source cannot tell. */
  readonly wrapUp?: WrapUpSnapshot | null;
}

export interface WrapUpSnapshot {
  readonly start: number;
  /** When it will be over; when it should be, if `untilTold`. */
  readonly end: number;
  /** Its end will be told, and comes only then. */
  readonly untilTold?: boolean;
}

/** A caller in a queue. Numbers and names are empty when not known. */
interface CallerSnapshot {
  readonly legId: string;
  readonly callId: string;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly targetNumber: string;
}

export interface WaitingCaller extends CallerSnapshot {
  /** Epoch ms. */
  readonly joinedAt: number;
  /** All members who are rung for the caller; absent when the source cannot tell. */
  readonly ringing?: readonly OfferRef[];
}

export interface ConnectedCaller extends CallerSnapshot, OfferRef {
  /** Epoch ms; absent when the source cannot tell. */
  readonly joinedAt?: number;
  /** When the member answered, epoch ms. */
  readonly connectedAt: number;
  /** The queue's own wrap-up; a member's wins over it. */
  readonly wrapUpSeconds: number;
}

export interface AgentSnapshot {
  readonly member: MemberRef;
  readonly loggedIn: boolean;
}

/** The live calls of some users and some queues. */
export interface CallsSnapshot {
  /** Whose calls these are. */
  readonly userIds: readonly string[];
  /** Queues in which callers have ended whose legs are not live. */
  readonly queueIds: readonly string[];
  /** All live legs of those users. */
  readonly legs: readonly LegSnapshot[];
  /** Ids of all other live legs that events could name: callers' and offers'. */
  readonly otherLegIds: readonly string[];
  /** All callers whom those users have parked; absent when the source cannot tell. */
  readonly parked?: readonly ParkedCaller[];
}

export interface LegSnapshot {
  readonly legId: string;
  readonly userId: string;
  readonly state: 'ringing' | 'up';
  readonly held: boolean;
  /** What the leg is in its call; absent when the source does not tell. */
  readonly call?: LegCall & {
    /** Somebody who was called has answered: for a caller, the other party. */
    readonly answered: boolean;
  };
}

export type ParkedCaller = Pick<CallParked, 'legId' | 'userIds' | 'place'>;

/**
 * A user as the keepers of presence and settings have it. One who does not exist is forgotten with
 * all legs and logins.
 */
export type UserSnapshot =
  { readonly userId: string; readonly exists: false } | ExistingUserSnapshot;

export interface ExistingUserSnapshot {
  readonly userId: string;
  readonly exists: true;
  readonly presence?: {
    readonly availability: Availability;
    readonly note: string;
    readonly source: string;
    /** Names the presence among those of its service, a guid; absent for services without. */
    readonly profileId?: string;
    /** Whether each terminal is registered, by its id; absent when the source does not tell. */
    readonly terminals?: Readonly<Record<string, boolean>>;
  };
  /** What the telephone does, from systems that tell it without the call. */
  readonly phone?: PhoneState;
  readonly doNotDisturb?: { readonly enabled: boolean; readonly source: string };
  readonly settings?: readonly Pick<UserSettingSaid, 'setting' | 'enabled' | 'destination'>[];
}

/** Tables in which a snapshot may disagree with what events had told. */
export type CorrectedTable =
  'members' | 'agents' | 'visits' | 'offers' | 'wrap-ups' | 'legs' | 'parked-calls' | 'users';

/** How many entries of each table a snapshot changed. */
export type Corrections = ReadonlyMap<CorrectedTable, number>;
