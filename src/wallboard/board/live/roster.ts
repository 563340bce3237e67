import * as z from 'zod/mini';
import type { Rest } from '../../shell/rest.js';
import { byName } from '../model/queue-order.js';

/** A queue, an agent or a call list by its name. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** An agent, and the queues whose member they are. */
export interface RosterAgent extends Named {
  readonly queueIds: readonly string[];
}

/** A call list, and the queues whose callers come onto it. */
export interface RosterList extends Named {
  readonly queueIds: readonly string[];
}

/** Who and what the person may see, each sorted by name. */
export interface Roster {
  readonly queues: readonly Named[];
  /** The members of these queues. */
  readonly agents: readonly RosterAgent[];
  readonly callLists: readonly RosterList[];
}

const queuesSchema = z.array(z.object({ Id: z.string(), Name: z.string() }));
const usersSchema = z.array(z.object({ Id: z.string(), DisplayName: z.string() }));
const listsSchema = z.array(
  z.object({ Id: z.string(), Name: z.string(), QueueIds: z.array(z.string()) }),
);

/** Queues whose members are asked for at once: browsers open six connections to a host anyway. */
const AT_ONCE = 4;

/**
 * Reads who and what the person may see.
 * @throws RestError
 */
export async function readRoster(rest: Pick<Rest, 'get'>): Promise<Roster> {
  const [queues, lists] = await Promise.all([
    rest.get('/queues', queuesSchema),
    rest.get('/calllists', listsSchema),
  ]);
  const agents = await readMembers(
    rest,
    queues.map(({ Id }) => Id),
  );
  return {
    queues: sorted(queues.map(({ Id: id, Name: name }) => ({ id, name }))),
    agents: sorted(agents),
    callLists: sorted(
      lists.map(({ Id: id, Name: name, QueueIds: queueIds }) => ({ id, name, queueIds })),
    ),
  };
}

async function readMembers(
  rest: Pick<Rest, 'get'>,
  queueIds: readonly string[],
): Promise<readonly RosterAgent[]> {
  const agents = new Map<string, { id: string; name: string; queueIds: string[] }>();
  for (let start = 0; start < queueIds.length; start += AT_ONCE) {
    const some = queueIds.slice(start, start + AT_ONCE);
    const members = await Promise.all(
      some.map((queueId) => rest.get(`/users?QueueId=${queueId}`, usersSchema)),
    );
    members.forEach((users, index) => {
      const queueId = some[index];
      if (queueId === undefined) return;
      for (const { Id: id, DisplayName: name } of users) {
        const agent = agents.get(id) ?? { id, name, queueIds: [] };
        agent.queueIds.push(queueId);
        agents.set(id, agent);
      }
    });
  }
  return [...agents.values()];
}

function sorted<Item extends Named>(items: readonly Item[]): readonly Item[] {
  return [...items].sort(byName);
}
