import { asteriskName } from './asterisk-name.js';
import type { DirectoryFile, FilledDirectoryFile } from './file-schema.js';
import type {
  FoundCallList,
  FoundDirectory,
  FoundOrganization,
  FoundQueue,
  FoundSystem,
  FoundUser,
  LeftOut,
  LeftOutReason,
} from './found.js';
import { idsOf, idsOfUser, wazoUuidsOf } from './merge-ids.js';
import { KEYS } from './merge-keys.js';
import { openingOf } from './merge-opening.js';
import { MergeSection } from './merge-section.js';

type OrganizationEntry = DirectoryFile['organizations'][number];
type UserEntry = DirectoryFile['users'][number];
type QueueEntry = FilledDirectoryFile['queues'][number];

/** A directory file filled up, and what of the found did not fit. */
export interface MergedDirectory {
  readonly file: FilledDirectoryFile;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Fills a checked directory file up with what a telephony system has: entities that both have are
 * joined, field by field, and the file wins where it says something; the others are added. What
 * would break a rule of the directory is left out, so the result holds to the rules of a file.
 */
export function mergeDirectory(file: FilledDirectoryFile, found: FoundDirectory): MergedDirectory {
  return new Merge(file, found.system).add(found);
}

class Merge {
  readonly #organizations: MergeSection<OrganizationEntry>;
  readonly #users: MergeSection<UserEntry>;
  readonly #queues: MergeSection<QueueEntry>;
  readonly #callLists: DirectoryFile['callLists'];
  readonly #leftOut: LeftOut[] = [];
  /** Ids of all kinds, since an RTE entity id says nothing of its kind. */
  readonly #ids: Set<string>;
  readonly #userNames: Set<string>;
  /** Asterisk's names. */
  readonly #queueNames: Set<string | undefined>;
  readonly #queuesWithList: Set<string>;

  constructor(file: FilledDirectoryFile, system: FoundSystem) {
    const { organizations, users, queues, callLists } = file;
    const keys = KEYS[system];
    this.#organizations = new MergeSection(organizations, keys.organizations);
    this.#users = new MergeSection(users, keys.users);
    this.#queues = new MergeSection(queues, keys.queues);
    this.#callLists = [...callLists];
    this.#ids = new Set([organizations, users, queues, callLists].flat().map(({ id }) => id));
    // An id that only follows from another system's must not pass for a uuid of Wazo.
    if (system !== 'wazo') for (const uuid of wazoUuidsOf(file)) this.#ids.add(uuid);
    this.#userNames = new Set(users.map(({ userName }) => userName.toLowerCase()));
    this.#queueNames = new Set(queues.map(asteriskName));
    this.#queuesWithList = new Set(callLists.flatMap(({ queueIds }) => queueIds));
  }

  add(found: FoundDirectory): MergedDirectory {
    for (const organization of found.organizations) this.#addOrganization(organization);
    for (const user of found.users) this.#addUser(user);
    for (const queue of found.queues) this.#addQueue(queue);
    for (const callList of found.callLists) this.#addCallList(callList);
    return {
      file: {
        organizations: this.#organizations.entries(),
        users: this.#users.entries(),
        queues: this.#queues.entries(),
        callLists: this.#callLists,
      },
      leftOut: [...found.leftOut, ...this.#leftOut],
    };
  }

  #addOrganization(found: FoundOrganization): void {
    const organization = { ...found };
    const known = this.#organizations.find(organization);
    if (known === undefined) {
      this.#addNew('organizations', this.#organizations, organization);
    } else if (!this.#organizations.join(found.id, { ...known, ...idsOf(found, known) })) {
      this.#leaveOut('organizations', 'duplicate-id', found.id);
    }
  }

  #addUser(found: FoundUser): void {
    const organizationId = this.#organizationOf('users', found);
    if (organizationId === undefined) return;
    const { id, displayName, userNames } = found;
    const userName = userNames.find((name) => !this.#userNames.has(name.toLowerCase()));
    const user = {
      id,
      organizationId,
      userName: userName ?? '',
      displayName,
      role: 'agent',
      ...idsOfUser(found),
    } as const;
    const known = this.#users.find(user);
    if (known !== undefined) {
      if (!this.#users.join(id, { ...known, ...idsOf(user, known) })) {
        this.#leaveOut('users', 'duplicate-id', id);
      }
    } else if (userName === undefined) {
      this.#leaveOut('users', 'duplicate-name', id);
    } else if (this.#addNew('users', this.#users, user)) {
      this.#userNames.add(userName.toLowerCase());
    }
  }

  #addQueue(found: FoundQueue): void {
    const organizationId = this.#organizationOf('queues', found);
    if (organizationId === undefined) return;
    const { id, name, number } = found;
    const base = { id, organizationId, name, number, supervisors: [] };
    const opening = openingOf(found);
    const known = this.#queues.find({ ...base, ...idsOf(found) });
    if (known !== undefined) {
      const members = known.members ?? this.#membersOf(found, known.organizationId);
      this.#joinQueue(found, known, { ...opening, ...known, members, ...idsOf(found, known) });
      return;
    }
    const members = this.#membersOf(found, organizationId);
    const queue = { ...base, members, ...opening, ...idsOf(found) };
    const asterisks = asteriskName(queue);
    if (this.#hasQueueName(asterisks)) {
      this.#leaveOut('queues', 'duplicate-name', id);
    } else if (this.#addNew('queues', this.#queues, queue)) {
      this.#queueNames.add(asterisks);
    }
  }

  /** Asterisk's name may come from Wazo now, and another queue of the file may have that name. */
  #joinQueue({ id }: FoundQueue, known: QueueEntry, joined: QueueEntry): void {
    const [before, name] = [asteriskName(known), asteriskName(joined)];
    if (name !== before && this.#hasQueueName(name)) {
      this.#leaveOut('queues', 'duplicate-name', id);
    } else if (this.#queues.join(id, joined)) {
      this.#queueNames.delete(before);
      this.#queueNames.add(name);
    } else {
      this.#leaveOut('queues', 'duplicate-id', id);
    }
  }

  #hasQueueName(name: string | undefined): boolean {
    return name !== undefined && this.#queueNames.has(name);
  }

  /** A list of the file for the queue, whatever it collects, is a decision: none is added. */
  #addCallList(found: FoundCallList): void {
    const queue = this.#queues.joined(found.queueId);
    if (queue === undefined || this.#queuesWithList.has(queue.id)) return;
    const { id, name, collect } = found;
    if (this.#ids.has(id)) {
      this.#leaveOut('callLists', 'duplicate-id', id);
      return;
    }
    this.#ids.add(id);
    const { organizationId } = queue;
    const queueIds = [queue.id];
    this.#callLists.push({ id, organizationId, name, queueIds, collect: [...collect] });
  }

  /** Users who were left out, or whom the file has in another organization, are no members. */
  #membersOf({ members }: FoundQueue, organizationId: string): string[] {
    const users = members.map((id) => this.#users.joined(id));
    const own = users.filter((user) => user?.organizationId === organizationId);
    return [...new Set(own.flatMap((user) => (user === undefined ? [] : [user.id])))];
  }

  #organizationOf(
    section: 'users' | 'queues',
    { id, organizationId }: FoundUser | FoundQueue,
  ): string | undefined {
    const found = this.#organizations.joined(organizationId);
    if (found === undefined) this.#leaveOut(section, 'unknown-organization', id);
    return found?.id;
  }

  #addNew<Entry extends { readonly id: string }>(
    section: LeftOut['section'],
    entries: MergeSection<Entry>,
    entry: Entry,
  ): boolean {
    if (this.#ids.has(entry.id) || !entries.add(entry)) {
      this.#leaveOut(section, 'duplicate-id', entry.id);
      return false;
    }
    this.#ids.add(entry.id);
    return true;
  }

  #leaveOut(section: LeftOut['section'], reason: LeftOutReason, detail: string): void {
    this.#leftOut.push({ section, reason, detail });
  }
}
