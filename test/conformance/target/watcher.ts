import { z } from 'zod';
import type { RawSocket } from '../raw/web-socket.js';
import { connect } from '../raw/web-socket.js';
import { call } from '../raw/records.js';

const invocation = z.object({
  type: z.literal(1),
  target: z.string(),
  arguments: z.array(z.unknown()),
});

/** Longer than any time-out that a test waits for. */
const PATIENCE_MS = 60_000;

/** A second connection that is told what happens to the others. */
export class Watcher {
  readonly #socket: RawSocket;

  constructor(socket: RawSocket) {
    this.#socket = socket;
  }

  /** Waits for an event whose first argument is `about`, and gives the others. */
  async until(event: string, about: string): Promise<readonly unknown[]> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const parsed = invocation.safeParse(JSON.parse(await this.#socket.next(PATIENCE_MS)));
      if (!parsed.success) continue;
      const { target, arguments: args } = parsed.data;
      if (target === event && args[0] === about) return args.slice(1);
    }
    throw new Error(`The watchers were not told '${event}' of ${about}.`);
  }

  stop(): void {
    this.#socket.cut();
  }
}

/** Connects to a hub and watches it. */
export async function watch(hub: string): Promise<Watcher> {
  const socket = await connect(hub);
  socket.send(call('Watch', [], 'watching'));
  await socket.next();
  return new Watcher(socket);
}
