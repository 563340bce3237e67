import { createServer } from 'node:http';
import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { messageBytes } from './message-bytes.js';
import type { DeliveryServer } from './server.js';
import { USERS } from './workload.js';

/** The floor: `ws` writes a frame that was made before, and does nothing else. */
export async function startBareServer(connections: number): Promise<DeliveryServer> {
  const http = createServer();
  const sockets: WebSocket[] = [];
  const webSockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  const ready = new Promise<void>((resolve) => {
    webSockets.on('connection', (socket) => {
      sockets.push(socket);
      // Clients shake hands as with a hub; only then do they wait for messages.
      socket.once('message', () => {
        socket.send('{}\u001e');
        if (sockets.length === connections) resolve();
      });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const frames = Array.from({ length: USERS }, (_, index) => messageBytes(index));
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    ready,
    sendRound({ eventsPerRound }) {
      let bytes = 0;
      for (const frame of frames.slice(0, eventsPerRound)) {
        for (const socket of sockets) socket.send(frame, { binary: false });
        bytes += frame.byteLength;
      }
      return bytes;
    },
  };
}
