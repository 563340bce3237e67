import type { QueueAlert, Schedule } from '../contact-center/index.js';
import type { FoundDirectory } from './found.js';

/** What a user may see: the rows of the default access policy. */
export type Role = 'agent' | 'supervisor' | 'admin';

/** A tenant. `id` is the RTE organization id; the vendor ids default to it. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  /** `isNamed` when whoever keeps the directory said so, instead of it following from the id. */
  readonly wazo: { readonly tenantUuid: string; readonly isNamed?: boolean };
  /** Present for a tenant of a PortSIP PBX. */
  readonly portsip?: { readonly tenantId: string };
}

/** A person who logs in, is subscribed to, and may serve queues. Ids are lower-case guids. */
export interface User {
  readonly id: string;
  readonly organizationId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  /** Password as `hash-password` prints it; without one the user can't log in by password. */
  readonly passwordHash?: string;
  readonly wazo: {
    readonly userUuid: string;
    /** confd agent ids; several users may share an agent. */
    readonly agentIds: readonly number[];
    /** Asterisk interfaces such as `PJSIP/abcd1234`. */
    readonly interfaces: readonly string[];
    /** confd line ids: Wazo's endpoint_status_update names nothing but the line. */
    readonly lineIds: readonly number[];
  };
  /** The extension that is the user's on a PortSIP PBX: its number, its id, or both. */
  readonly portsip?: { readonly extension?: string; readonly extensionId?: string };
}

/** A service queue. */
export interface Queue {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly number: string;
  /** User ids that belong to the queue, logged in or not. */
  readonly members: readonly string[];
  /** User ids that supervise it. */
  readonly supervisors: readonly string[];
  /** When it is open; absent when nobody said. */
  readonly schedule?: Schedule;
  /** What a telephony system says of its being open now; the schedule, where there is one, wins. */
  readonly isOpen?: boolean;
  /** Of what its supervisors, or others, want to be told; absent for none. */
  readonly alerts?: readonly QueueAlert[];
  readonly wazo: {
    readonly queueId?: number;
    /** Asterisk's name of the queue; absent for one that is known on a PortSIP PBX only. */
    readonly queueName?: string;
    readonly wrapUpSeconds: number;
  };
  /** The queue on a PortSIP PBX. */
  readonly portsip?: {
    readonly queueNumber: string;
    readonly queueId?: string;
    /** How long a wrap-up may last: the PBX tells of wrap-ups, but not of that. */
    readonly wrapUpSeconds?: number;
  };
}

/** Which calls become callback requests of a list by themselves. */
export type CallListCollects = 'explicit' | 'overflow' | 'abandoned';

/** A list of callback requests, fed by queues. */
export interface CallList {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly queueIds: readonly string[];
  readonly collect: readonly CallListCollects[];
  /** Whether a caller's request is done when an agent of its queues answers; absent means so. */
  readonly closeWhenAnswered?: boolean;
  readonly dueAfterSeconds?: number;
  readonly expiresAfterSeconds?: number;
}

/** Who and what exists. Immutable: a reload makes a new one. */
export interface Directory {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly users: ReadonlyMap<string, User>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly callLists: ReadonlyMap<string, CallList>;
  /** A user by login name, letter case ignored. */
  userByName(userName: string): User | undefined;
}

/** The directory in force, which a reload may replace at any time. */
export interface DirectoryHolder {
  readonly current: Directory;
  /** Calls `listener` after each replacement; the answer ends that. */
  onChange(listener: (directory: Directory) => void): () => void;
}

/** Tells of a replacement before it happens, while what goes is still known. */
export interface DirectoryWatch extends DirectoryHolder {
  /** Calls `listener` with the directory that comes; the answer ends that. */
  beforeChange(listener: (next: Directory) => void): () => void;
}

/** Takes what telephony systems know of who exists. */
export interface DirectoryContributor {
  /**
   * Fills the directory up with what a system has, in the place of what the same source gave
   * before. The directory file wins where it says something.
   * @param source name of the source, as in the settings
   */
  contribute(source: string, found: FoundDirectory): void;
}

export type * from './found.js';
