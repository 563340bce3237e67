import type { Buffer } from 'node:buffer';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { WebSocketServer } from 'ws';
import { RS } from '../../conformance/raw/records.js';

/** What `ws` alone costs: bytes come back as they came, and go to all without being looked at. */
const fan = z.object({
  target: z.literal('Fan'),
  arguments: z.tuple([z.number(), z.number(), z.string()]),
});
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.once('message', () => {
    socket.send(`{}${RS}`);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.includes('"Fan"')) void broadcast(text);
      else socket.send(text);
    });
  });
});

async function broadcast(text: string): Promise<void> {
  const [count, pause, payload] = fan.parse(JSON.parse(text.replace(RS, ''))).arguments;
  for (let n = 0; n < count; n += 1) {
    const message = `{"type":1,"target":"event","arguments":[${n},"${payload}"]}${RS}`;
    for (const client of server.clients) client.send(message);
    if (pause > 0) await delay(pause);
  }
}

server.once('listening', () => {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no TCP address');
  process.stdout.write(`listening http://127.0.0.1:${address.port}\n`);
});
