import type { TransferFormat } from '../../protocol/hub-protocol.js';

/** Names as negotiate spells them. */
export type TransportName = 'WebSockets' | 'ServerSentEvents' | 'LongPolling';

/** Carries bytes between one client and its connection. */
export interface Transport {
  readonly name: TransportName;
  readonly formats: readonly TransferFormat[];
  /** False while the peer takes nothing; `drained` follows. */
  readonly writable: boolean;
  /** Bytes taken by write() that the network has not taken yet. */
  readonly heldBytes: number;
  /** Sends whole hub messages. */
  write(payload: Uint8Array, format: TransferFormat): void;
  /** Stops and restarts reading, so that a client can't fill our memory. */
  pause(): void;
  resume(): void;
  /** Ends the transport after what was written; `closed` follows. */
  close(code: 1000 | 1011): void;
  /** Ends the transport at once; `closed` follows. */
  terminate(): void;
}

/** Told by a transport what happens to it. */
export interface TransportListener {
  received(chunk: Uint8Array): void;
  drained(): void;
  /** Called once, last. `error` says why if the end was not an orderly one. */
  closed(error: Error | undefined): void;
}
