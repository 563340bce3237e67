import type { HubProtocol, TransferFormat } from '../protocol/hub-protocol.js';
import { chooseProtocol, handshakeErrors, parseHandshakeRequest } from '../protocol/handshake.js';
import { MessageTooLargeError, ProtocolError } from '../protocol/protocol-error.js';
import { RecordReader } from '../protocol/record-reader.js';
import { clientErrorText } from './hub-error.js';

/** What has become of a handshake after some bytes. */
export type HandshakeProgress =
  | { readonly state: 'incomplete' }
  | { readonly state: 'refused'; readonly error: string }
  /** `rest` are the bytes behind the handshake: hub messages already. */
  | { readonly state: 'accepted'; readonly protocol: HubProtocol; readonly rest: Uint8Array };

export interface HandshakePhaseParts {
  readonly protocols: readonly HubProtocol[];
  readonly formats: readonly TransferFormat[];
  readonly maximumSize: number;
  readonly detailedErrors: boolean;
}

/** Collects and judges the first record of a connection. */
export class HandshakePhase {
  readonly #parts: HandshakePhaseParts;
  readonly #records: RecordReader;

  constructor(parts: HandshakePhaseParts) {
    this.#parts = parts;
    this.#records = new RecordReader(parts.maximumSize);
  }

  push(chunk: Uint8Array): HandshakeProgress {
    this.#records.push(chunk);
    try {
      return this.#judge();
    } catch (error) {
      return { state: 'refused', error: this.#refusalText(error) };
    }
  }

  #judge(): HandshakeProgress {
    const record = this.#records.next();
    if (record === undefined) return { state: 'incomplete' };
    const { protocols, formats } = this.#parts;
    const chosen = chooseProtocol(parseHandshakeRequest(record), protocols, formats);
    if ('error' in chosen) return { state: 'refused', error: chosen.error };
    return { state: 'accepted', protocol: chosen.protocol, rest: this.#records.takeRest() };
  }

  #refusalText(error: unknown): string {
    if (error instanceof MessageTooLargeError) return handshakeErrors.canceled;
    if (!(error instanceof ProtocolError)) throw error;
    return clientErrorText(handshakeErrors.malformed, error, this.#parts.detailedErrors);
  }
}
