import type { TransferFormat } from '../../protocol/hub-protocol.js';
import type { StartingTransport, Transport, TransportListener } from './transport.js';
import type { WebSocketListener } from './websocket.js';

/** One socket of possibly several; a WebSocketTransport is one. */
export interface ReplaceableSocket extends Transport {
  attach(listener: WebSocketListener): void;
}

/**
 * A WebSocket that may be lost and replaced (stateful reconnect). Only a network failure counts as
 * a loss: after a close frame, or after input that breaks the WebSocket protocol, nothing can be
 * resumed, because the client would only do the same again.
 */
export class ResumableWebSocket implements StartingTransport {
  readonly name = 'WebSockets';
  readonly formats: readonly TransferFormat[] = ['text', 'binary'];
  readonly inherentKeepAlive = false;
  /** Whether the client has agreed, by its handshake. */
  resumable = false;
  #socket: ReplaceableSocket | undefined;
  #listener: TransportListener | undefined;
  #paused = false;
  #ending = false;
  #lostBy: Error | undefined;

  constructor(socket: ReplaceableSocket) {
    this.#socket = socket;
  }

  get writable(): boolean {
    return this.#socket?.writable ?? false;
  }

  get congested(): boolean {
    return this.#socket?.congested ?? false;
  }

  get heldBytes(): number {
    return this.#socket?.heldBytes ?? 0;
  }

  attach(listener: TransportListener): void {
    this.#listener = listener;
    if (this.#socket !== undefined) this.#use(this.#socket);
  }

  /** The client has come back; its former socket, if it still stands, is cut off. */
  replace(socket: ReplaceableSocket): void {
    const former = this.#socket;
    this.#use(socket);
    former?.terminate();
    this.#listener?.replaced();
  }

  /** Without a socket there is nothing to do: what counts is kept by the connection. */
  write(payload: Uint8Array, format: TransferFormat): void {
    this.#socket?.write(payload, format);
  }

  pause(): void {
    this.#paused = true;
    this.#socket?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#socket?.resume();
  }

  close(code: 1000 | 1011): void {
    this.#ending = true;
    if (this.#socket === undefined) this.#listener?.closed(this.#lostBy);
    else this.#socket.close(code);
  }

  terminate(): void {
    this.#ending = true;
    if (this.#socket === undefined) this.#listener?.closed(this.#lostBy);
    else this.#socket.terminate();
  }

  /** What a replaced socket still says is not heard. */
  #use(socket: ReplaceableSocket): void {
    this.#socket = socket;
    socket.attach({
      received: (chunk) => {
        if (this.#socket === socket) this.#listener?.received(chunk);
      },
      drained: () => {
        if (this.#socket === socket) this.#listener?.drained();
      },
      closed: (error, lost) => {
        if (this.#socket === socket) this.#closed(error, lost);
      },
    });
    if (this.#paused) socket.pause();
  }

  #closed(error: Error | undefined, lost: boolean): void {
    this.#socket = undefined;
    this.#lostBy = error;
    if (lost && this.resumable && !this.#ending) this.#listener?.dropped();
    else this.#listener?.closed(error);
  }
}
