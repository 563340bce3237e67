import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Buffer } from 'node:buffer';
import type { RawData, ServerOptions, WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { TransferFormat } from '../../protocol/hub-protocol.js';
import type { StartingTransport, TransportListener } from './transport.js';

export interface WebSocketLimits {
  /** Largest WebSocket message; it may hold several hub messages. */
  readonly maximumTransportMessageSize: number;
  readonly maximumFragments: number;
  readonly maximumBufferedChunks: number;
  /** How long a peer may leave our close frame unanswered, ms. */
  readonly closeTimeoutMs: number;
}

/** Turns upgrade requests into transports. It answers bad WebSocket requests (400, 405) itself. */
export class WebSocketAcceptor {
  readonly #server: WebSocketServer;

  constructor(limits: WebSocketLimits) {
    const options: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      // Memory per connection and CRIME-like leaks; ASP.NET Core declines it as well.
      perMessageDeflate: false,
      maxPayload: limits.maximumTransportMessageSize,
      // Floods of tiny fragments would grow memory otherwise (CVE-2026-48779).
      maxFragments: limits.maximumFragments,
      maxBufferedChunks: limits.maximumBufferedChunks,
      // A frame may end inside a code point; the hub protocol checks whole messages.
      skipUTF8Validation: true,
      // Known to ws, not yet to its types.
      closeTimeout: limits.closeTimeoutMs,
    };
    this.#server = new WebSocketServer(options);
  }

  /**
   * Completes the upgrade. @param accepted called synchronously, or never when the request is no
   * proper WebSocket request (which is then answered)
   */
  accept(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    accepted: (transport: WebSocketTransport) => void,
  ): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      accepted(new WebSocketTransport(webSocket, socket));
    });
  }
}

/** Told of a WebSocket. */
export interface WebSocketListener extends Pick<TransportListener, 'received' | 'drained'> {
  /** @param lost whether the network failed: there was no close frame, and nothing was wrong with its input */
  closed(error: Error | undefined, lost: boolean): void;
}

/** One WebSocket. Frames of either kind are read; the kind written is that of the protocol. */
export class WebSocketTransport implements StartingTransport {
  readonly name = 'WebSockets';
  readonly formats: readonly TransferFormat[] = ['text', 'binary'];
  readonly inherentKeepAlive = false;
  readonly #webSocket: WebSocket;
  readonly #socket: Duplex;

  constructor(webSocket: WebSocket, socket: Duplex) {
    this.#webSocket = webSocket;
    this.#socket = socket;
  }

  get writable(): boolean {
    return !this.#socket.writableNeedDrain;
  }

  get congested(): boolean {
    return !this.writable;
  }

  get heldBytes(): number {
    return this.#webSocket.bufferedAmount;
  }

  attach(listener: WebSocketListener): void {
    let failure: Error | undefined;
    this.#webSocket.on('message', (data) => listener.received(toBytes(data)));
    this.#webSocket.on('error', (error) => {
      failure = limitNamed(error);
    });
    this.#webSocket.on('close', (code) => {
      const orderly = code === 1000 || code === 1001 || code === 1005;
      // 1006 stands for the lack of a close frame (RFC 6455 7.1.5).
      const lost = code === 1006 && failure === undefined;
      listener.closed(orderly ? undefined : (failure ?? abnormalClosure(code)), lost);
    });
    this.#socket.on('drain', () => listener.drained());
  }

  write(payload: Uint8Array, format: TransferFormat): void {
    this.#webSocket.send(payload, { binary: format === 'binary' });
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  close(code: 1000 | 1011): void {
    // Paused, it would never read the peer's answer to the close frame.
    this.#webSocket.resume();
    this.#webSocket.close(code);
  }

  terminate(): void {
    this.#webSocket.terminate();
  }
}

/** Says which option a client ran into, since ws only knows its own words. */
function limitNamed(error: Error & { readonly code?: unknown }): Error {
  switch (error.code) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
      return new Error('WebSocket message over maximumTransportMessageSize.', { cause: error });
    case 'WS_ERR_TOO_MANY_BUFFERED_PARTS':
      return new Error('WebSocket message over maximumFragments or maximumBufferedChunks.', {
        cause: error,
      });
    default:
      return error;
  }
}

function abnormalClosure(code: number): Error {
  return new Error(`The WebSocket was closed with status code ${code}.`);
}

function toBytes(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
