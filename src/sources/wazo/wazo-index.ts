import type { MemberRef } from '../../contact-center/index.js';
import type { Directory, Queue, User } from '../../directory/types.js';

const AGENT_INTERFACE = /^Local\/id-(\d+)@agentcallback$/;
const USER_INTERFACE = /^Local\/([0-9a-f-]{36})@usersharedlines$/;
/** Options of a Local channel, as in `Local/1001@agents/n`, are not part of its name. */
const LOCAL_OPTIONS = /^(Local\/[^/]+@[^/]+)\/[a-z]+$/;

/** Finds the directory's users and queues by the names that Wazo and Asterisk give them. */
export class WazoIndex {
  readonly #queues = new Map<string, Queue>();
  readonly #queuesById = new Map<number, Queue>();
  readonly #users = new Map<string, User>();
  readonly #usersByAgent = new Map<number, User[]>();
  readonly #usersByInterface = new Map<string, User[]>();
  readonly #usersByLine = new Map<number, User>();

  constructor(directory: Directory) {
    for (const queue of directory.queues.values()) this.#addQueue(queue);
    for (const user of directory.users.values()) this.#addUser(user);
  }

  /** A queue by Asterisk's name; ring groups and queues of others are not found. */
  queue(asteriskName: string): Queue | undefined {
    return this.#queues.get(asteriskName);
  }

  /** A queue by its number in wazo-confd; not found when the directory does not have the number. */
  queueOfId(confdId: number): Queue | undefined {
    return this.#queuesById.get(confdId);
  }

  user(userUuid: string): User | undefined {
    return this.#users.get(userUuid);
  }

  userOfLine(lineId: number): User | undefined {
    return this.#usersByLine.get(lineId);
  }

  /** The member behind an Asterisk interface; without users when the directory knows none. */
  member(asteriskInterface: string): MemberRef {
    const memberId = asteriskInterface.replace(LOCAL_OPTIONS, '$1');
    return { memberId, userIds: this.#usersOf(memberId).map((user) => user.id) };
  }

  /** The member that an agent is in all its queues. */
  agent(agentId: number): MemberRef {
    return this.member(`Local/id-${String(agentId)}@agentcallback`);
  }

  #usersOf(memberId: string): readonly User[] {
    const agentId = AGENT_INTERFACE.exec(memberId)?.[1];
    if (agentId !== undefined) return this.#usersByAgent.get(Number(agentId)) ?? [];
    const userUuid = USER_INTERFACE.exec(memberId)?.[1];
    const user = userUuid === undefined ? undefined : this.user(userUuid);
    return user === undefined ? (this.#usersByInterface.get(memberId) ?? []) : [user];
  }

  #addQueue(queue: Queue): void {
    const { queueName, queueId } = queue.wazo;
    if (queueName !== undefined) this.#queues.set(queueName, queue);
    if (queueId !== undefined) this.#queuesById.set(queueId, queue);
  }

  #addUser(user: User): void {
    this.#users.set(user.wazo.userUuid, user);
    for (const agentId of user.wazo.agentIds) append(this.#usersByAgent, agentId, user);
    for (const name of user.wazo.interfaces) append(this.#usersByInterface, name, user);
    for (const lineId of user.wazo.lineIds) this.#usersByLine.set(lineId, user);
  }
}

function append<K>(map: Map<K, User[]>, key: K, user: User): void {
  const users = map.get(key);
  if (users === undefined) map.set(key, [user]);
  else users.push(user);
}
