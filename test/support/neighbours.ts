import type { Directory } from '../../src/directory/types.js';
import { contactCenterDirectory } from './directory-fixture.js';

/** Another tenant of the same Wazo, with one agent and one queue: what is said of Acme is not theirs. */
export const neighbours = {
  tenant: 'eeeeeeee-0000-4000-8000-000000000001',
  user: 'eeeeeeee-0000-4000-8000-000000000011',
  queue: 'eeeeeeee-0000-4000-8000-000000000021',
  agentId: 90,
  queueId: 70,
  lineId: 60,
  queueName: 'theirs',
} as const;

/** The directory of the contact center, and of its neighbours beside it. */
export function directoryWithNeighbours(): Directory {
  const { organizations, users, queues, ...rest } = contactCenterDirectory();
  const { tenant: organizationId, user: userId, queue: queueGuid } = neighbours;
  return {
    ...rest,
    organizations: new Map([
      ...organizations,
      [organizationId, { id: organizationId, name: 'Next', wazo: { tenantUuid: organizationId } }],
    ]),
    users: new Map([
      ...users,
      [
        userId,
        {
          id: userId,
          organizationId,
          userName: 'nora',
          displayName: 'Nora',
          role: 'agent',
          wazo: {
            userUuid: userId,
            agentIds: [neighbours.agentId],
            interfaces: ['PJSIP/nora'],
            lineIds: [neighbours.lineId],
          },
        },
      ],
    ]),
    queues: new Map([
      ...queues,
      [
        queueGuid,
        {
          id: queueGuid,
          organizationId,
          name: 'Theirs',
          number: '4000',
          members: [userId],
          supervisors: [],
          wazo: { queueId: neighbours.queueId, queueName: neighbours.queueName, wrapUpSeconds: 0 },
        },
      ],
    ]),
  };
}
