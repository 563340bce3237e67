import type { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { sendAnswerOnSocket } from './connections/answers.js';
import type { HubUser } from './hub/hub-definition.js';
import { asksForWebSocket, serveWithoutUpgrade } from './other-upgrade.js';
import type { SignalRServer } from './server.js';

/**
 * Serves a hub under a path of a Fastify application, in any letter case, with or without a
 * trailing slash. Call it on the root instance. Closing the application drains the hub first.
 *
 * The hub's requests are answered in an onRequest hook: they never reach Fastify's body parsers,
 * which would refuse the empty JSON bodies that some clients send. Fastify's own request log
 * prints whole URLs; the host must keep `access_token` out of it (see README.md).
 */
export function registerSignalR<User extends HubUser>(
  app: FastifyInstance,
  server: SignalRServer<User>,
  { path }: { readonly path: string },
): void {
  const routeOf = routeMatcher(path);
  app.addHook('onRequest', async (request, reply) => {
    const route = routeOf(request.raw.url);
    if (route === undefined) return;
    reply.hijack();
    await server.handleRequest(request.raw, reply.raw, route);
  });
  app.addHook('preClose', () => server.drain());
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const alone = app.server.listenerCount('upgrade') === 1;
    if (alone && !asksForWebSocket(request)) {
      serveWithoutUpgrade(app.server, request, socket, head);
    } else if (routeOf(request.url) === 'hub') {
      server.handleUpgrade(request, socket, head).catch((error: unknown) => {
        app.log.error({ err: error }, 'upgrade failed');
        socket.destroy();
      });
    } else if (alone) {
      // Nobody else may know the path, so that without an answer the socket would stay open.
      refuseUpgrade(socket);
    }
  });
}

function routeMatcher(path: string): (url: string | undefined) => 'hub' | 'negotiate' | undefined {
  const hub = normalized(path);
  return (url = '') => {
    const asked = normalized(url.split('?', 1)[0] ?? '');
    if (asked === hub) return 'hub';
    return asked === `${hub}/negotiate` ? 'negotiate' : undefined;
  };
}

function normalized(path: string): string {
  return path.toLowerCase().replace(/\/$/, '');
}

function refuseUpgrade(socket: Duplex): void {
  // A reset by the peer while it is refused concerns nobody.
  socket.on('error', () => socket.destroy());
  sendAnswerOnSocket(socket, { status: 404, body: '', headers: {} }, {});
}
