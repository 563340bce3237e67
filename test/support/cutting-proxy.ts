import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** Passed in any case: a client whose upgrade fails gives up. */
const UPGRADE_BYTES = 1_000;

export interface CuttingProxy {
  readonly port: number;
  /** WebSockets that were cut so far. */
  readonly cuts: number;
  /** Whether a WebSocket is open since the last cut. */
  readonly passing: boolean;
  /**
   * Cuts the WebSocket on both sides after so many bytes more, in either direction, wherever in a
   * message that is.
   */
  cutAfter(bytes: number): void;
  stop(): Promise<void>;
}

/** Passes TCP on to a port, until told to cut. */
export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const state = { cuts: 0, passing: false, left: Number.POSITIVE_INFINITY };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const cut = (): void => {
      client.destroy();
      upstream.destroy();
    };
    let passed = 0;
    const join = (from: Socket, to: Socket): void => {
      open.add(from);
      from.setNoDelay(true);
      from.on('error', cut).on('close', () => {
        open.delete(from);
        cut();
      });
      from.on('data', (bytes) => {
        passed += bytes.length;
        // Negotiations are shorter.
        if (passed <= UPGRADE_BYTES) {
          to.write(bytes);
          return;
        }
        state.passing = true;
        to.write(bytes.subarray(0, Math.min(bytes.length, state.left)));
        state.left -= bytes.length;
        if (state.left > 0) return;
        state.left = Number.POSITIVE_INFINITY;
        state.cuts += 1;
        state.passing = false;
        cut();
      });
    };
    join(client, upstream);
    join(upstream, client);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: portOf(server.address()),
    get cuts() {
      return state.cuts;
    },
    get passing() {
      return state.passing;
    },
    cutAfter: (bytes) => {
      state.left = bytes;
    },
    stop: () => {
      for (const socket of open) socket.destroy();
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
