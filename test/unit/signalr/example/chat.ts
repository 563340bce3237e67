import Fastify from 'fastify';
import { pino } from 'pino';
import { z } from 'zod';
import {
  caseInsensitive,
  createSignalRServer,
  HubError,
  hubMethod,
  type HubUser,
  registerSignalR,
  streamMethod,
  uploadStream,
} from '../../../../src/signalr/index.js';

interface ChatUser extends HubUser {
  readonly moderator: boolean;
}

/** `{ Room, Text }` of a .NET client and `{ room, text }` of a JavaScript client are the same. */
const post = caseInsensitive(z.object({ room: z.string(), text: z.string().max(1_000) }));

export function createChat(users: ReadonlyMap<string, ChatUser>) {
  const server = createSignalRServer<ChatUser>({
    authenticate: ({ token = '' }) => Promise.resolve(users.get(token)),
    logger: pino({ level: 'warn' }),
    hub: {
      onConnected: (caller) => caller.clients.all().send('joined', caller.user.id),
      methods: {
        Join: hubMethod({
          parameters: [z.string()],
          handler: (caller, room) => caller.join(room),
        }),
        Post: hubMethod({
          parameters: [post],
          handler: (caller, { room, text }) => {
            if (text === '') throw new HubError('An empty message says nothing.');
            caller.clients.group(room).send('posted', caller.user.id, text);
            return text.length;
          },
        }),
        // The client says with stream.cancel() or dispose() that it wants no more.
        Countdown: streamMethod({
          parameters: [z.int().positive()],
          handler: async function* (caller, from) {
            for (let n = from; n > 0 && !caller.signal.aborted; n -= 1) {
              yield n;
              await new Promise(setImmediate);
            }
          },
        }),
        // Called with a Subject (JavaScript), an IAsyncEnumerable or a ChannelReader (.NET).
        Upload: hubMethod({
          parameters: [z.string(), uploadStream(z.string())],
          handler: async (_caller, name, lines) => {
            let characters = 0;
            for await (const line of lines) characters += line.length;
            return `${name}: ${characters} characters`;
          },
        }),
        // Asks the client back; other calls of it run meanwhile.
        Remove: hubMethod({
          parameters: [z.string()],
          authorize: (caller) => caller.user.moderator,
          handler: async (caller, userId) => {
            const sure = await caller.invokeWith({ timeoutMs: 10_000 }, 'confirm', userId);
            if (sure === true) caller.clients.user(userId).send('removed');
            return sure === true;
          },
        }),
      },
    },
  });
  const app = Fastify();
  registerSignalR(app, server, { path: '/chat' });
  return { app, server };
}
