import { setTimeout as delay } from 'node:timers/promises';
import Fastify from 'fastify';
import { z } from 'zod';
import type { HubCaller, HubUser } from '../../../src/signalr/index.js';
import { createSignalRServer, hubMethod, registerSignalR } from '../../../src/signalr/index.js';
import { noLogger } from '../../support/no-logger.js';

/** Our server with the two methods of BenchHub.cs. Prints where it listens. */
const server = createSignalRServer<HubUser>({
  logger: noLogger,
  authenticate: () => Promise.resolve({ id: 'bench' }),
  options: { messageRate: { perSecond: Infinity, burst: Infinity } },
  hub: {
    methods: {
      Echo: hubMethod({ parameters: [z.string()], handler: (_caller, value) => value }),
      Fan: hubMethod({
        parameters: [z.number(), z.number(), z.string()],
        handler: async (caller: HubCaller<HubUser>, count, pause, payload) => {
          for (let n = 0; n < count; n += 1) {
            caller.clients.all().send('event', n, payload);
            if (pause > 0) await delay(pause);
          }
        },
      }),
    },
  },
});
const app = Fastify();
registerSignalR(app, server, { path: '/bench' });
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`listening ${url}\n`);
