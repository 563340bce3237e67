import { hashPassword } from '../../../src/identity/index.js';
import { type BusEvent } from '../../support/wazo-bus.js';
import { hangup, queueCaller } from '../../support/wazo-events.js';

export const QUEUES = 20;
export const CLIENTS = 200;
export const EVENTS_PER_CALL = 3;
export const SUPERVISOR = 'supervisor';
export const PASSWORD = 'a password for the bench';

/** What each client receives of its queue. */
export const EVENT_NAMES = [
  'QueueStatus',
  'QueueCallInComing',
  'QueueCallInArrived',
  'QueueCallInDisconnected',
] as const;

const ORGANIZATION_ID = 'cccccccc-0000-4000-8000-000000000001';
const SUPERVISOR_ID = 'cccccccc-0000-4000-8000-0000000000a1';

/** The queue that a client watches, or a call comes to. */
export function queueGuid(index: number): string {
  return `cccccccc-0000-4000-8000-0000000002${String(index % QUEUES).padStart(2, '0')}`;
}

/** The directory file of the bench. */
export async function benchDirectory(): Promise<object> {
  const passwordHash = await hashPassword(PASSWORD, { logN: 10, blockSize: 1, parallelism: 1 });
  const organizationId = ORGANIZATION_ID;
  const names = { userName: SUPERVISOR, displayName: SUPERVISOR };
  return {
    organizations: [{ id: organizationId, name: 'Bench' }],
    users: [{ id: SUPERVISOR_ID, organizationId, ...names, role: 'admin', passwordHash }],
    queues: Array.from({ length: QUEUES }, (_, index) => ({
      id: queueGuid(index),
      organizationId,
      name: queueName(index),
      number: String(3000 + index),
      members: [],
      supervisors: [SUPERVISOR_ID],
      wazo: { queueName: queueName(index), wrapUpSeconds: 0 },
    })),
  };
}

/** A caller who joins a queue and gives up at once; the moment of the call is in its unique id. */
export function callAt(epochMs: number, index: number): BusEvent[] {
  const uniqueid = `${String(Math.round(epochMs * 1000))}.${String(index)}`;
  const caller = { uniqueid, number: '', queue: queueName(index) };
  return [
    queueCaller('QueueCallerJoin', caller),
    queueCaller('QueueCallerAbandon', caller),
    hangup(uniqueid),
  ];
}

/** When the call with this unique id came, epoch ms with a fraction. */
export function timeOf(uniqueid: string): number {
  return Number(uniqueid.split('.')[0]) / 1000;
}

/** Epoch ms with a fraction, the same in all processes of a machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

function queueName(index: number): string {
  return `queue-${String(index % QUEUES)}`;
}
