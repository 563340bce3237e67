import type { Directory, User } from '../../../src/directory/types.js';
import type { RteUser } from '../../../src/rte/rte-user.js';
import {
  acme,
  contactCenterDirectory,
  listId,
  people,
  queueIds,
} from '../../support/directory-fixture.js';

const SUE = 'cccccccc-0000-4000-8000-0000000000a1';

/** The supervisor of both queues, whose client's log is kept. */
export const supervisor: RteUser = {
  id: SUE,
  organizationId: acme,
  role: 'supervisor',
  name: 'sue',
};

/** The contact center of the stories, with its supervisor. */
export function storyDirectory(): Directory {
  const directory = contactCenterDirectory();
  const sue: User = {
    id: SUE,
    organizationId: acme,
    userName: 'sue',
    displayName: 'sue',
    role: 'supervisor',
    wazo: { userUuid: SUE, agentIds: [], interfaces: [], lineIds: [] },
  };
  const queues = Array.from(directory.queues, ([id, queue]) => {
    return [id, { ...queue, supervisors: [SUE] }] as const;
  });
  return {
    ...directory,
    users: new Map([...directory.users, [SUE, sue]]),
    queues: new Map(queues),
  };
}

/** What a reader of a log calls the ids of the directory. */
export const NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(people).map(([name, id]) => [id, name] as const),
  ...Object.entries(queueIds).map(([name, id]) => [id, name] as const),
  [listId, 'callbacks'],
  [SUE, 'sue'],
]);
