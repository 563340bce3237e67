import type {
  CallList,
  Directory,
  DirectoryWatch,
  Organization,
  Queue,
  User,
} from '../../src/directory/types.js';
import type { Agent } from './wazo-events.js';

// A contact center of two queues:
//   ann: agent 42    bob: agent 43    carl and cora: share agent 44    dora: no agent, one phone

/** A guid that is easy to tell apart in a failing test. */
function guidOf(number: number): string {
  return `cccccccc-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const acme = guidOf(1);

export const people = {
  ann: guidOf(11),
  bob: guidOf(12),
  carl: guidOf(13),
  cora: guidOf(14),
  dora: guidOf(15),
} as const;

export const queueIds = { sales: guidOf(21), support: guidOf(22) } as const;

export const listId = guidOf(31);

export const SALES_WRAP_UP_SECONDS = 30;

export const ann: Agent = { agentId: 42, userUuid: people.ann, queues: ['sales'] };
export const bob: Agent = { agentId: 43, userUuid: people.bob, queues: ['sales', 'support'] };

const users: readonly User[] = [
  user('ann', 42, 1),
  user('bob', 43, 2),
  user('carl', 44, 3),
  user('cora', 44, 4),
  user('dora', undefined, 5),
];

const queues: readonly Queue[] = [
  queue('sales', 7, SALES_WRAP_UP_SECONDS, [people.ann, people.bob, people.dora]),
  queue('support', 8, 0, [people.bob, people.carl, people.cora]),
];

function user(name: keyof typeof people, agentId: number | undefined, lineId: number): User {
  return {
    id: people[name],
    organizationId: acme,
    userName: name,
    displayName: name,
    role: 'agent',
    wazo: {
      userUuid: people[name],
      agentIds: agentId === undefined ? [] : [agentId],
      interfaces: [`PJSIP/${name}`],
      lineIds: [lineId],
    },
  };
}

function queue(
  name: keyof typeof queueIds,
  queueId: number,
  wrapUpSeconds: number,
  members: string[],
): Queue {
  return {
    id: queueIds[name],
    organizationId: acme,
    name: `The ${name}`,
    number: '3000',
    members,
    supervisors: [],
    wazo: { queueId, queueName: name, wrapUpSeconds },
  };
}

/** A new directory of the contact center, without the users named. */
export function contactCenterDirectory(without: readonly string[] = []): Directory {
  const kept = users.filter(({ userName }) => !without.includes(userName));
  const organization: Organization = { id: acme, name: 'Acme', wazo: { tenantUuid: acme } };
  const list: CallList = {
    id: listId,
    organizationId: acme,
    name: 'Callbacks',
    queueIds: Object.values(queueIds),
    collect: ['abandoned'],
  };
  return {
    organizations: byId([organization]),
    users: byId(kept),
    queues: byId(queues),
    callLists: byId([list]),
    userByName: (name) => kept.find((one) => one.userName === name),
  };
}

function byId<Entry extends { readonly id: string }>(entries: readonly Entry[]) {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/** A holder whose directory the test replaces. */
export class FakeDirectoryHolder implements DirectoryWatch {
  current: Directory;
  readonly #before = new Set<(directory: Directory) => void>();
  readonly #listeners = new Set<(directory: Directory) => void>();

  constructor(directory = contactCenterDirectory()) {
    this.current = directory;
  }

  /** How many want to know of a replacement. */
  get listeners(): number {
    return this.#listeners.size;
  }

  replace(directory: Directory): void {
    for (const listener of this.#before) listener(directory);
    this.current = directory;
    for (const listener of this.#listeners) listener(directory);
  }

  onChange(listener: (directory: Directory) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  beforeChange(listener: (next: Directory) => void): () => void {
    this.#before.add(listener);
    return () => this.#before.delete(listener);
  }
}
