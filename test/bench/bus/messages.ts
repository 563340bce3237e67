import { z } from 'zod';

/** From the process of the clients to the bench. `delays` are milliseconds from publish to receipt. */
export const fromClients = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('subscribed') }),
  z.object({ kind: z.literal('received'), delays: z.array(z.number()) }),
]);
export type FromClients = z.infer<typeof fromClients>;
