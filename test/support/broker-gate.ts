import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a broker that can be closed and opened again, as when the network between is cut. */
export interface BrokerGate {
  /** The broker's URL by this way. */
  readonly url: string;
  /** Cuts every connection and lets none through. */
  close(): void;
  open(): void;
  stop(): Promise<void>;
}

/** Opens a way to the broker at `amqpUrl`. */
export async function openBrokerGate(amqpUrl: string): Promise<BrokerGate> {
  const target = new URL(amqpUrl);
  const sockets = new Set<Socket>();
  let isOpen = true;
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((client) => {
    if (!isOpen) {
      client.destroy();
      return;
    }
    const broker = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(one);
      // Whatever ends one side ends the other: that is all there is to handle.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(amqpUrl);
  url.port = String(portOf(server.address()));
  return {
    url: url.href,
    close() {
      isOpen = false;
      cut();
    },
    open() {
      isOpen = true;
    },
    stop: () => {
      cut();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return address.port;
}
