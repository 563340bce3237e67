import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Outcome } from './refusals.js';
import { refusals } from './refusals.js';

/**
 * Reads a whole body, so that a request cut short leaves no half message behind.
 * @param maximumBytes larger ones are refused without being read to their end
 */
export function readBody(
  request: IncomingMessage,
  maximumBytes: number,
): Promise<Outcome<Uint8Array>> {
  if (Number(request.headers['content-length'] ?? 0) > maximumBytes) {
    return Promise.resolve({ refusal: refusals.bodyTooLarge });
  }
  // Whoever left before his turn sends no event any more.
  if (request.destroyed) return Promise.resolve({ refusal: refusals.bodyIncomplete });
  return new Promise((resolve) => {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    const onData = (piece: Uint8Array): void => {
      bytes += piece.length;
      pieces.push(piece);
      if (bytes <= maximumBytes) return;
      request.off('data', onData);
      request.pause();
      resolve({ refusal: refusals.bodyTooLarge });
    };
    request.on('data', onData);
    request.once('end', () => resolve({ ok: Buffer.concat(pieces) }));
    // Of end, error and close the first decides.
    request.once('error', () => resolve({ refusal: refusals.bodyIncomplete }));
    request.once('close', () => resolve({ refusal: refusals.bodyIncomplete }));
  });
}
