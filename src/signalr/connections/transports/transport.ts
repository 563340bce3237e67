import type { TransferFormat } from '../../protocol/hub-protocol.js';

/** Names as negotiate spells them. */
export type TransportName = 'WebSockets' | 'ServerSentEvents' | 'LongPolling';

/** Carries bytes between one client and its connection. */
export interface Transport {
  readonly name: TransportName;
  readonly formats: readonly TransferFormat[];
  /** Whether requests by themselves show that the peer lives, so that nobody pings. */
  readonly inherentKeepAlive: boolean;
  /** False while the peer takes nothing, or has not asked for more; `drained` follows. */
  readonly writable: boolean;
  /** Whether bytes are on their way that the peer is slow to take. */
  readonly congested: boolean;
  /** Bytes taken by write() that the network has not taken yet. */
  readonly heldBytes: number;
  /** Sends whole hub messages. */
  write(payload: Uint8Array, format: TransferFormat): void;
  /** Stops and restarts reading, so that a client can't fill our memory. */
  pause(): void;
  resume(): void;
  /** Called every second while nothing is wrong. @param time ms on the heartbeat's clock */
  tick?(time: number): void;
  /** Ends the transport after what was written; `closed` follows. */
  close(code: 1000 | 1011): void;
  /** Ends the transport at once; `closed` follows. */
  terminate(): void;
}

/** A transport at its start. */
export interface StartingTransport extends Transport {
  /** Starts to tell `listener`; to be called once, in the turn in which the transport was made. */
  attach(listener: TransportListener): void;
}

/** Told by a transport what happens to it. */
export interface TransportListener {
  received(chunk: Uint8Array): void;
  drained(): void;
  /** The socket was lost, but the peer may come back on another one. */
  dropped(): void;
  /** The peer has come back. What was written may or may not have reached it. */
  replaced(): void;
  /** Called once, last. `error` says why if the end was not an orderly one. */
  closed(error: Error | undefined): void;
}
