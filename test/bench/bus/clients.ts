import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { CLIENTS, EVENT_NAMES, preciseNow, queueGuid, timeOf } from './calls.js';
import type { FromClients } from './messages.js';

const RECORD_SEPARATOR = '\u001e';
/** Every so often what was received is reported, in milliseconds. */
const REPORT_MS = 20;

const [, , url = '', token = ''] = process.argv;

const message = z.object({
  target: z.literal('MessageReceived'),
  arguments: z.tuple([z.object({ data: z.object({ eventType: z.string(), legId: z.string() }) })]),
});

let delays: number[] = [];

/** A client of one queue; it looks at the arrivals of calls only, so as to cost little. */
async function open(index: number): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}?access_token=${token}`);
  await once(socket, 'open');
  socket.send(`{"protocol":"json","version":1}${RECORD_SEPARATOR}`);
  await once(socket, 'message');
  const items = EVENT_NAMES.map((EventName) => ({ EntityId: queueGuid(index), EventName }));
  const call = { type: 1, invocationId: '1', target: 'Subscribe', arguments: [items] };
  socket.send(`${JSON.stringify(call)}${RECORD_SEPARATOR}`);
  await once(socket, 'message');
  socket.on('message', (data) => {
    // As the message of a client in one piece, a Buffer.
    const text = Buffer.isBuffer(data) ? data.toString() : '';
    for (const record of text.split(RECORD_SEPARATOR)) take(record);
  });
}

function take(record: string): void {
  if (!record.includes('"QueueCallInArrived"')) return;
  const parsed = message.safeParse(JSON.parse(record));
  if (!parsed.success) return;
  delays.push(preciseNow() - timeOf(parsed.data.arguments[0].data.legId));
}

function tell(report: FromClients): void {
  process.send?.(report);
}

process.on('disconnect', () => process.exit());
for (let index = 0; index < CLIENTS; index += 1) await open(index);
tell({ kind: 'subscribed' });
setInterval(() => {
  if (delays.length === 0) return;
  tell({ kind: 'received', delays });
  delays = [];
}, REPORT_MS);
