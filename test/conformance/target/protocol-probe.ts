import { RS } from '../raw/records.js';
import { open } from '../raw/web-socket.js';
import type { Target } from './target.js';
import { Missing } from './target.js';

/** Skips the tests of a protocol where a server refuses it. Ours has to speak all of them. */
export async function needProtocol(target: Target, name: string): Promise<void> {
  if (target.kind === 'own') return;
  const socket = await open(await target.hub('hub'));
  socket.send(`{"protocol":"${name}","version":1}${RS}`);
  const answer = await Promise.race([
    socket.next(),
    socket.binary.next().then((bytes) => bytes.toString()),
  ]);
  socket.cut();
  if (answer.includes('"error"')) throw new Missing(`the server does not speak ${name}`);
}
