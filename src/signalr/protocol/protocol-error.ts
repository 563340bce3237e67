/**
 * What a peer sent is not the hub protocol. It ends the connection; the text reaches the peer
 * only with detailed errors on. The name is the one that ASP.NET Core prints in that case.
 */
export class ProtocolError extends Error {
  override readonly name: string = 'InvalidDataException';
}

/** A hub message, or the handshake, is larger than the limit. */
export class MessageTooLargeError extends ProtocolError {
  constructor(limit: number) {
    super(`The maximum message size of ${limit}B was exceeded.`);
  }
}
