import type { ConfdAgent, ConfdQueue, ConfdUser } from '../rest/wazo-confd.js';
import type { WazoConfiguration } from './configuration.js';

/** Who is which agent, and so a member of which queue. An agent may have several users or none. */
export class AgentMembers {
  /** User uuids by agent id. */
  readonly #users = new Map<number, Set<string>>();
  /** The same the other way round. */
  readonly #agentsOfUser = new Map<string, Set<number>>();
  /** Agent ids by queue id. */
  readonly #agents = new Map<number, Set<number>>();

  constructor({ agents, users }: Pick<WazoConfiguration, 'agents' | 'users'>) {
    for (const agent of agents) this.#addAgent(agent);
    for (const { uuid, agent } of users) if (agent) this.#addUser(agent.id, uuid);
  }

  /** The agents that a user is, as agents and users tell it. */
  agentsOf({ uuid }: ConfdUser): number[] {
    return [...(this.#agentsOfUser.get(uuid) ?? [])];
  }

  /** Uuids of a queue's users: those of its agents, then those who are members themselves. */
  ofQueue({ id, members }: ConfdQueue): string[] {
    const agentIds = [
      ...(this.#agents.get(id) ?? []),
      ...(members?.agents ?? []).map(({ id: agentId }) => agentId),
    ];
    const ofAgents = agentIds.flatMap((agentId) => [...(this.#users.get(agentId) ?? [])]);
    return [...new Set([...ofAgents, ...(members?.users ?? []).map(({ uuid }) => uuid)])];
  }

  #addAgent({ id, users, queues }: ConfdAgent): void {
    for (const { uuid } of users) this.#addUser(id, uuid);
    for (const queue of queues) add(this.#agents, queue.id, id);
  }

  #addUser(agentId: number, uuid: string): void {
    add(this.#users, agentId, uuid);
    add(this.#agentsOfUser, uuid, agentId);
  }
}

function add<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}
