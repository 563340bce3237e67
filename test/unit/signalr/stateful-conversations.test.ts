import { assert, asyncProperty, array, constant, nat, oneof, record } from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { hubMethod } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { RS } from './hub-harness.js';
import type { FakeSocket } from './stateful-harness.js';
import { connectStateful } from './stateful-harness.js';

const message = z.object({
  type: z.number(),
  sequenceId: z.number().optional(),
  arguments: z.array(z.unknown()).optional(),
});

/** A stateful client as the specification has it, on a network that loses what is on its way. */
class Client {
  readonly got: unknown[] = [];
  #socket: FakeSocket;
  /** Bytes read of what the server has written to this socket. */
  #read = 0;
  #part = '';
  /** Written and not yet passed on. */
  #outgoing = '';
  #sent = 0;
  #unacknowledged: string[] = [];
  #received = 0;
  #next = 1;
  #awaitsSequence = false;

  constructor(socket: FakeSocket) {
    this.#socket = socket;
    this.#read = socket.written.join('').length;
  }

  send(): void {
    const text = `${JSON.stringify({ type: 1, target: 'Note', arguments: [this.#sent] })}${RS}`;
    this.#sent += 1;
    this.#unacknowledged.push(text);
    this.#outgoing += text;
  }

  acknowledge(): void {
    if (!this.#awaitsSequence) this.#put({ type: 8, sequenceId: this.#received });
  }

  /** So many bytes more arrive at either side. */
  async pass(bytes: number): Promise<void> {
    this.#socket.saySome(this.#outgoing.slice(0, bytes));
    this.#outgoing = this.#outgoing.slice(bytes);
    await settle();
    const fresh = this.#socket.written.join('').slice(this.#read).slice(0, bytes);
    this.#read += fresh.length;
    const texts = (this.#part + fresh).split(RS);
    this.#part = texts.pop() ?? '';
    for (const text of texts) this.#take(message.parse(JSON.parse(text)));
  }

  /** The old socket is gone with all that was on its way. */
  use(socket: FakeSocket): void {
    this.#socket = socket;
    this.#read = 0;
    this.#part = '';
    this.#outgoing = '';
    this.#awaitsSequence = true;
    this.#put({ type: 9, sequenceId: this.#sent - this.#unacknowledged.length + 1 });
    this.#outgoing += this.#unacknowledged.join('');
  }

  #take({ type, sequenceId = 0, arguments: args = [] }: z.infer<typeof message>): void {
    if (type === 9) {
      this.#awaitsSequence = false;
      this.#next = sequenceId;
    } else if (this.#awaitsSequence) {
      return;
    } else if (type === 8) {
      this.#unacknowledged.splice(0, sequenceId - (this.#sent - this.#unacknowledged.length));
    } else if (type === 1) {
      this.#next += 1;
      if (this.#next - 1 <= this.#received) return;
      this.#received = this.#next - 1;
      this.got.push(args[0]);
    }
  }

  #put(control: object): void {
    this.#outgoing += JSON.stringify(control) + RS;
  }
}

const step = oneof(
  constant({ kind: 'send' as const, bytes: 0 }),
  constant({ kind: 'news' as const, bytes: 0 }),
  constant({ kind: 'ack' as const, bytes: 0 }),
  constant({ kind: 'beat' as const, bytes: 0 }),
  record({ kind: constant('pass' as const), bytes: nat(150) }),
  record({ kind: constant('cut' as const), bytes: nat(0) }),
);

it('whatever is cut whenever, each message arrives once and in order, both ways', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const seen: unknown[] = [];
      const Note = hubMethod({
        parameters: [z.number()],
        handler: (_caller, n) => void seen.push(n),
      });
      const server = await connectStateful(
        { methods: { Note } },
        // Small, so that sending often has to wait.
        { statefulReconnectBufferSize: 200, sendTimeoutMs: 1_000_000 },
      );
      const client = new Client(server.socket);
      let socket = server.socket;
      const sent = { news: 0, calls: 0 };
      const cut = async (): Promise<void> => {
        // Every other time the server learns of it only by the next socket.
        if (sent.news % 2 === 0) socket.lose();
        socket = await server.replace();
        client.use(socket);
      };
      for (const { kind, bytes } of steps) {
        if (kind === 'send') {
          client.send();
          sent.calls += 1;
        } else if (kind === 'news') {
          server.hubConnection.send('news', sent.news);
          sent.news += 1;
        } else if (kind === 'ack') client.acknowledge();
        else if (kind === 'beat') await server.pass(1);
        else if (kind === 'cut') await cut();
        else await client.pass(bytes);
      }
      for (let round = 0; round < 40; round += 1) {
        client.acknowledge();
        await client.pass(10_000);
      }
      expect(client.got).toEqual(Array.from({ length: sent.news }, (_, n) => n));
      expect(seen).toEqual(Array.from({ length: sent.calls }, (_, n) => n));
    }),
    { numRuns: 150 },
  );
});
