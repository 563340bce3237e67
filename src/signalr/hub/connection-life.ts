import type { CloseReason } from '../connections/close-reasons.js';
import type { ClientResultOptions } from './hub-definition.js';

/**
 * Where a connection is in its life.
 * - `starting`: the handshake is done, onConnected is running, nothing is read yet.
 * - `failing`: input was no message; calls before it are still answered, nothing more is read.
 * - `ended`: no message goes in or out any more, though a call or the transport may still last.
 */
export type ConnectionState = 'handshake' | 'starting' | 'running' | 'failing' | 'ended';

/** What those who work on a connection may ask of, and tell, the one who leads it through its life. */
export interface ConnectionLife {
  readonly state: ConnectionState;
  /** Calls a method of the client; see HubCaller.invokeWith(). */
  ask(options: ClientResultOptions, target: string, args: readonly unknown[]): Promise<unknown>;
  /** A call has ended, or there is room for more: does what had to wait for that. */
  proceed(): void;
  /** Input was no message, or there is a fault of ours: ends the connection after the calls before it. */
  fail(error: unknown): void;
  /** Ends the connection now. */
  close(reason: CloseReason): void;
}

/** What those get who wait for a client that is gone. */
export function connectionEnded(): Error {
  return new Error('The connection has ended.');
}
