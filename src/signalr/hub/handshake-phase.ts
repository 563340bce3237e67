import type { HubProtocol, TransferFormat } from '../protocol/hub-protocol.js';
import { chooseProtocol, handshakeErrors, parseHandshakeRequest } from '../protocol/handshake.js';
import { MessageTooLargeError, ProtocolError } from '../protocol/protocol-error.js';
import { RecordReader } from '../protocol/record-reader.js';
import { clientErrorText } from './hub-error.js';

/** What has become of a handshake after some bytes. */
export type HandshakeProgress =
  | { readonly state: 'incomplete' }
  /** `cause` is for the log; the client is told `error`. */
  | { readonly state: 'refused'; readonly error: string; readonly cause?: ProtocolError }
  /** `rest` are the bytes behind the handshake: hub messages already. */
  | {
      readonly state: 'accepted';
      readonly protocol: HubProtocol;
      readonly version: number;
      readonly rest: Uint8Array;
    };

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
      if (!(error instanceof ProtocolError)) throw error;
      return { state: 'refused', error: this.#refusalText(error), cause: error };
    }
  }

  #judge(): HandshakeProgress {
    const record = this.#records.next();
    if (record === undefined) return { state: 'incomplete' };
    const { protocols, formats } = this.#parts;
    const request = parseHandshakeRequest(record);
    const chosen = chooseProtocol(request, protocols, formats);
    if ('error' in chosen) return { state: 'refused', error: chosen.error };
    const { protocol } = chosen;
    const rest = this.#records.takeRest();
    return { state: 'accepted', protocol, version: request.version, rest };
  }

  #refusalText(error: ProtocolError): string {
    if (error instanceof MessageTooLargeError) return handshakeErrors.canceled;
    return clientErrorText(handshakeErrors.malformed, error, this.#parts.detailedErrors);
  }
}
