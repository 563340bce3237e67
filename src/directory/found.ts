import type { Schedule } from '../contact-center/index.js';
import type { CallListCollects, Queue, User } from './types.js';

/*
 * What a telephony system says of who exists. Ids are final: guids in lower case that the system
 * has itself, or that follow from its own. They refer to each other; where the directory file has
 * the same entity under another id, the file's id takes the place of the found one.
 */

/** Which kind of system it is: by whose ids its entities are told apart. */
export type FoundSystem = 'wazo' | 'portsip';

/** A tenant of the system. Here and below, the system's own ids are those of its kind. */
export interface FoundOrganization {
  readonly id: string;
  readonly name: string;
  readonly wazo?: { readonly tenantUuid: string };
  readonly portsip?: { readonly tenantId: string };
}

/** A user of the system; an agent unless the directory file says more. */
export interface FoundUser {
  readonly id: string;
  readonly organizationId: string;
  /** The first that nobody else has becomes the login name. */
  readonly userNames: readonly string[];
  readonly displayName: string;
  readonly wazo?: User['wazo'];
  readonly portsip?: NonNullable<User['portsip']>;
}

/** A queue of the system. */
export interface FoundQueue {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly number: string;
  /** Ids of found users; others do not count. */
  readonly members: readonly string[];
  /** Absent when the system does not say when it is open. */
  readonly schedule?: Schedule;
  /** Whether it is open now; absent when the system does not say so. */
  readonly isOpen?: boolean;
  readonly wazo?: {
    readonly queueId: number;
    readonly queueName: string;
    readonly wrapUpSeconds: number;
  };
  readonly portsip?: NonNullable<Queue['portsip']>;
}

/** A call list for a queue, for when the directory file has none for it. */
export interface FoundCallList {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  /** Id of a found queue. */
  readonly queueId: string;
  readonly collect: readonly CallListCollects[];
}

/** Why something that a system has is not in the directory. */
export type LeftOutReason =
  'unreadable' | 'duplicate-id' | 'duplicate-name' | 'unknown-organization';

/** Something that a system has and the directory has not. */
export interface LeftOut {
  readonly section: 'organizations' | 'users' | 'queues' | 'agents' | 'schedules' | 'callLists';
  readonly reason: LeftOutReason;
  /** Its id, or what is wrong with it; no names or numbers. */
  readonly detail: string;
}

/** All that a system has, in the place of what it had before. */
export interface FoundDirectory {
  readonly system: FoundSystem;
  readonly organizations: readonly FoundOrganization[];
  readonly users: readonly FoundUser[];
  readonly queues: readonly FoundQueue[];
  readonly callLists: readonly FoundCallList[];
  /** What the source could not make sense of. */
  readonly leftOut: readonly LeftOut[];
}
