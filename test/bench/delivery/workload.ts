import { z } from 'zod';
import { createRteEvent, type RteEvent } from '../../../src/rte/events/create-event.js';

/** What both servers deliver: each connection gets every user's status. */
export const ORGANIZATION_ID = 'cccccccc-0000-4000-8000-000000000001';
export const SUPERVISOR_ID = 'cccccccc-0000-4000-8000-0000000000a1';
export const USERS = 10;
export const CONNECTIONS = 500;

export function userId(index: number): string {
  return `cccccccc-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`;
}

/** A UserStatus like those of a busy agent; with its subscription about 1.1 kB. */
export function userStatusEvent(index: number): RteEvent<'UserStatus'> {
  const timestamp = Date.now();
  const origin = { organizationId: ORGANIZATION_ID, entityId: userId(index), timestamp };
  return createRteEvent('UserStatus', origin, {
    canBeAllocatedTo: false,
    talking: true,
    talkingStatusChanged: new Date(timestamp).toISOString(),
    activeQueueId: 'cccccccc-0000-4000-8000-000000000201',
    available: true,
    schedule: true,
    serving: true,
    serviceTerminals: 1,
    activeQueues: 2,
  });
}

/** One kind of run: how many events come together. */
export interface Workload {
  readonly eventsPerRound: 1 | 10;
  readonly rounds: number;
  /** Rounds that the server may be ahead of the slowest report. */
  readonly ahead: number;
}

export const WORKLOADS: Readonly<Record<'single' | 'together', Workload>> = {
  single: { eventsPerRound: 1, rounds: 400, ahead: 20 },
  together: { eventsPerRound: 10, rounds: 120, ahead: 4 },
};

/** What a run of a server cost. */
const costSchema = z.object({
  deliveries: z.number(),
  seconds: z.number(),
  cpuSeconds: z.number(),
});
export type Cost = z.infer<typeof costSchema>;

export type ServerKind = 'hub' | 'bare';

/** From the bench to a server process. */
export type ToServer =
  | { readonly kind: 'run'; readonly workload: Workload }
  | { readonly kind: 'progress'; readonly bytes: number };

/** From a server process to the bench. */
export const fromServer = {
  listening: z.object({ kind: z.literal('listening'), port: z.number() }),
  subscribed: z.object({ kind: z.literal('subscribed') }),
  done: z.object({ kind: z.literal('done'), cost: costSchema }),
  failed: z.object({ kind: z.literal('failed'), problem: z.string() }),
};
export type FromServer = z.infer<(typeof fromServer)[keyof typeof fromServer]>;
