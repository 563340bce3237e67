import { startBareServer } from './bare-server.js';
import { startHubServer } from './hub-server.js';
import { RoundRunner } from './round-runner.js';
import { CONNECTIONS, type FromServer, type ToServer, type Workload } from './workload.js';

/** A server that can send rounds once all clients are there. */
export interface DeliveryServer {
  readonly port: number;
  /** Resolves when every connection is ready to receive. */
  readonly ready: Promise<void>;
  /** Sends a round to all; gives the bytes that one connection gets on the wire. */
  sendRound(workload: Workload): number;
}

const start = process.argv[2] === 'hub' ? startHubServer : startBareServer;
const server = await start(CONNECTIONS);
const runner = new RoundRunner(CONNECTIONS);

function tell(message: FromServer): void {
  process.send?.(message);
}

process.on('message', (message: ToServer) => {
  switch (message.kind) {
    case 'progress':
      runner.progress(message.bytes);
      break;
    case 'run':
      void runner
        .run(message.workload, () => server.sendRound(message.workload))
        .then((cost) => tell({ kind: 'done', cost }))
        .catch((error: unknown) => tell({ kind: 'failed', problem: String(error) }));
      break;
  }
});
process.on('disconnect', () => process.exit());

tell({ kind: 'listening', port: server.port });
await server.ready;
tell({ kind: 'subscribed' });
