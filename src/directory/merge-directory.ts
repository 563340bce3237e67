import type { DirectoryFile } from './file-schema.js';
import type {
  FoundCallList,
  FoundDirectory,
  FoundOrganization,
  FoundQueue,
  FoundUser,
  LeftOut,
  LeftOutReason,
} from './found.js';
import { MergeSection } from './merge-section.js';

type OrganizationEntry = DirectoryFile['organizations'][number];
type UserEntry = DirectoryFile['users'][number];
type QueueEntry = DirectoryFile['queues'][number];

/** A directory file filled up, and what of the found did not fit. */
export interface MergedDirectory {
  readonly file: DirectoryFile;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Fills a checked directory file up with what a telephony system has: entities that both have are
 * joined, field by field, and the file wins where it says something; the others are added. What
 * would break a rule of the directory is left out, so the result holds to the rules of a file.
 */
export function mergeDirectory(file: DirectoryFile, found: FoundDirectory): MergedDirectory {
  return new Merge(file).add(found);
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
  readonly #queueNames: Set<string>;
  readonly #queuesWithList: Set<string>;

  constructor(file: DirectoryFile) {
    const { organizations, users, queues, callLists } = file;
    this.#organizations = new MergeSection({
      entries: organizations,
      keyOf: ({ id, wazo }) => wazo?.tenantUuid ?? id,
    });
    this.#users = new MergeSection({
      entries: users,
      keyOf: ({ id, wazo }) => wazo?.userUuid ?? id,
    });
    this.#queues = new MergeSection({
      entries: queues,
      keyOf: ({ wazo }) => wazo?.queueId,
      otherKeysOf: (queue) => [asteriskName(queue), queue.id],
    });
    this.#callLists = [...callLists];
    this.#ids = new Set([organizations, users, queues, callLists].flat().map(({ id }) => id));
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
    const { id, name, wazo } = found;
    const known = this.#organizations.find([wazo.tenantUuid]);
    if (known !== undefined) {
      if (!this.#organizations.join(id, { ...known, wazo: { ...wazo, ...known.wazo } })) {
        this.#leaveOut('organizations', 'duplicate-id', id);
      }
      return;
    }
    this.#addNew('organizations', this.#organizations, { id, name, wazo });
  }

  #addUser(found: FoundUser): void {
    const organizationId = this.#organizationOf('users', found);
    if (organizationId === undefined) return;
    const wazo = copyOf(found.wazo);
    const known = this.#users.find([wazo.userUuid]);
    if (known !== undefined) {
      if (!this.#users.join(found.id, { ...known, wazo: { ...wazo, ...known.wazo } })) {
        this.#leaveOut('users', 'duplicate-id', found.id);
      }
      return;
    }
    const userName = found.userNames.find((name) => !this.#userNames.has(name.toLowerCase()));
    if (userName === undefined) {
      this.#leaveOut('users', 'duplicate-name', found.id);
      return;
    }
    const { id, displayName } = found;
    const user = { id, organizationId, userName, displayName, role: 'agent', wazo } as const;
    if (this.#addNew('users', this.#users, user)) this.#userNames.add(userName.toLowerCase());
  }

  #addQueue(found: FoundQueue): void {
    const organizationId = this.#organizationOf('queues', found);
    if (organizationId === undefined) return;
    const { id, name, number, wazo } = found;
    const schedule = found.schedule === undefined ? {} : { schedule: found.schedule };
    const known = this.#queues.find([wazo.queueId, wazo.queueName, id]);
    if (known !== undefined) {
      const members = known.members ?? this.#membersOf(found, known.organizationId);
      const joined = { ...schedule, ...known, members, wazo: { ...wazo, ...known.wazo } };
      this.#joinQueue(found, known, joined);
      return;
    }
    if (this.#queueNames.has(wazo.queueName)) {
      this.#leaveOut('queues', 'duplicate-name', id);
      return;
    }
    const members = this.#membersOf(found, organizationId);
    const base = { id, organizationId, name, number, members, supervisors: [] };
    const queue = { ...base, ...schedule, wazo: { ...wazo } };
    if (this.#addNew('queues', this.#queues, queue)) this.#queueNames.add(wazo.queueName);
  }

  /** Asterisk's name may come from Wazo now, and another queue of the file may have that name. */
  #joinQueue({ id }: FoundQueue, known: QueueEntry, joined: QueueEntry): void {
    const [before, name] = [asteriskName(known), asteriskName(joined)];
    if (name !== before && this.#queueNames.has(name)) {
      this.#leaveOut('queues', 'duplicate-name', id);
    } else if (this.#queues.join(id, joined)) {
      this.#queueNames.delete(before);
      this.#queueNames.add(name);
    } else {
      this.#leaveOut('queues', 'duplicate-id', id);
    }
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

function asteriskName({ name, wazo }: QueueEntry | FoundQueue): string {
  return wazo?.queueName ?? name;
}

function copyOf({ userUuid, agentIds, interfaces, lineIds }: FoundUser['wazo']) {
  return {
    userUuid,
    agentIds: [...agentIds],
    interfaces: [...interfaces],
    lineIds: [...lineIds],
  };
}
