import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes TCP on to a port, or lets nobody through: a network that fails and comes back. */
export class SwitchableProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** The port that is passed on to; undefined while nobody gets through. */
  #target: number | undefined;

  private constructor(server: Server, port: number, target: number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    server.on('connection', (socket) => this.#pass(socket));
  }

  /** Starts one on a port of its own. */
  static async start(target: number): Promise<SwitchableProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return new SwitchableProxy(server, portOf(server.address()), target);
  }

  /** Cuts every connection, and each new one at once. */
  down(): void {
    this.#target = undefined;
    for (const socket of this.#open) socket.destroy();
  }

  /** Keeps every connection and lets nothing through: a peer that has stopped reading. */
  freeze(): void {
    for (const socket of this.#open) socket.unpipe().pause();
  }

  /** Passes new connections on. */
  up(target: number): void {
    this.#target = target;
  }

  async stop(): Promise<void> {
    this.down();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #pass(client: Socket): void {
    if (this.#target === undefined) {
      client.destroy();
      return;
    }
    const upstream = connect(this.#target, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#open.add(from);
      // Either end may be cut at any time; what concerns the test is what the other end makes of it.
      from
        .on('error', () => to.destroy())
        .on('close', () => {
          this.#open.delete(from);
          to.destroy();
        });
      from.pipe(to);
    }
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
