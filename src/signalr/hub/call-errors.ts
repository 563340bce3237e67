/** What clients are told of calls that fail: ASP.NET Core's texts, which clients compare. */
export const callErrors = {
  unknownMethod: (target: string) => `Unknown hub method '${target}'`,
  unauthorized: (target: string) => `Failed to invoke '${target}' because user is unauthorized`,
  /** The call does not fit the method. */
  binding: (target: string) => `Failed to invoke '${target}' due to an error on the server.`,
  invoking: (target: string) => `An unexpected error occurred invoking '${target}' on the server.`,
  streaming: 'An error occurred on the server while streaming results.',
  methodStreams: (target: string) =>
    `The client attempted to invoke the streaming '${target}' method with a non-streaming invocation.`,
  methodDoesNotStream: (target: string) =>
    `The client attempted to invoke the non-streaming '${target}' method with a streaming invocation.`,
  streamCount: (sent: number, wanted: number) =>
    `Client sent ${sent} stream(s), Hub method expects ${wanted}.`,
  uploadItem: 'Failed to bind Stream message.',
  invocationIdInUse: (id: string) => `Invocation ID '${id}' is already in use.`,
  // ASP.NET Core has no such limits, and overwrites a stream whose id comes again.
  streamIdInUse: (id: string) => `Stream ID '${id}' is already in use.`,
  tooManyStreams: (limit: number) => `No more than ${limit} streams can be open at a time.`,
  tooManyUploads: (limit: number) => `No more than ${limit} streams can be sent at a time.`,
  tooManyMessages: 'Too many messages: slow down.',
} as const;
