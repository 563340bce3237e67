import { WebSocket } from 'ws';
import { failureOf } from '../load-error.js';
import type { Wire, WireTarget } from './wire.js';

/** A hub joins up to 64 KiB in a message, and one message may be larger. */
const MAX_PAYLOAD_BYTES = 16_777_216;

/** A hub that does not answer a close frame is left without. */
const CLOSE_TIMEOUT_MS = 2_000;

/** Opens a WebSocket. @throws when the hub refuses it */
export function openWebSocket({ url, headers, isBinary, listener }: WireTarget): Promise<Wire> {
  const address = new URL(url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(address, {
    headers,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD_BYTES,
    // What is counted need not be right UTF-8; checking it would cost as much as counting.
    skipUTF8Validation: true,
  });
  return new Promise((resolve, reject) => {
    let isOpen = false;
    let failure: string | undefined;
    let isClosing = false;
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) listener.received(data);
    });
    socket.on('error', (error) => {
      failure = failureOf(error);
      if (!isOpen) reject(error);
    });
    socket.on('close', (code) => {
      if (!isOpen || isClosing) return;
      listener.closed(failure ?? (code === 1000 ? undefined : `WebSocket closed with ${code}`));
    });
    socket.on('open', () => {
      isOpen = true;
      resolve({
        send: (payload) => socket.send(payload, { binary: isBinary }),
        close() {
          isClosing = true;
          return closeSocket(socket);
        },
      });
    });
  });
}

function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    const tooLong = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    socket.once('close', () => {
      clearTimeout(tooLong);
      resolve();
    });
    socket.close(1000);
  });
}
