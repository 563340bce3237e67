import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes sockets on which nothing has come yet when the server closes. Node takes them for busy with
 * their first request, and would wait for it for a minute; browsers open such sockets in advance.
 */
export function closeUnusedSockets(server: FastifyInstance): void {
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
  server.addHook('preClose', async () => {
    isClosing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
}
