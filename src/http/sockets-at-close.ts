import type { ServerResponse, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { CLOSE_WITHIN_MS } from './defaults.js';

/**
 * Parts with every socket soon after the server closes; Node alone would part with idle ones at that
 * moment and wait for all others, which may take longer than a minute:
 * - one on which nothing has come yet, as browsers open them in advance, counts as busy with its
 *   first request: it is closed at once;
 * - one on which an answer is under way is kept for further requests: it is closed after the answer;
 * - one whose answer does not end is closed after `CLOSE_WITHIN_MS`.
 */
export function closeSocketsInTime(server: FastifyInstance): void {
  /** All that are open, as many as the process has connections. */
  const sockets = new Set<Socket>();
  let isClosing = false;
  server.server.on('connection', (socket: Socket) => {
    if (isClosing) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    response.once('close', () => {
      if (isClosing) socket.destroySoon();
    });
  });
  let deadline: NodeJS.Timeout | undefined;
  server.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
    deadline = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, CLOSE_WITHIN_MS);
  });
  server.server.once('close', () => clearTimeout(deadline));
}
