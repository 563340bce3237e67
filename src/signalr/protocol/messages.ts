/**
 * The nine hub messages of the SignalR hub protocol, independent of their encoding.
 * `unknown` stands for a numeric type that is not known here; it is to be ignored.
 */
export type HubMessage =
  | InvocationMessage
  | StreamInvocationMessage
  | StreamItemMessage
  | CompletionMessage
  | { readonly kind: 'cancelInvocation'; readonly invocationId: string }
  | { readonly kind: 'ping' }
  | CloseMessage
  | { readonly kind: 'ack'; readonly sequenceId: number }
  | { readonly kind: 'sequence'; readonly sequenceId: number }
  | { readonly kind: 'unknown'; readonly type: number };

/** The call of a method; without `invocationId` no answer is wanted. */
export interface InvocationMessage {
  readonly kind: 'invocation';
  readonly invocationId?: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

/** The call of a method that answers with a stream of items. */
export interface StreamInvocationMessage {
  readonly kind: 'streamInvocation';
  readonly invocationId: string;
  readonly target: string;
  readonly arguments: readonly unknown[];
  readonly streamIds?: readonly string[];
}

/** One item of a stream, in either direction. */
interface StreamItemMessage {
  readonly kind: 'streamItem';
  readonly invocationId: string;
  readonly item: unknown;
}

/** The end of an invocation or stream: nothing, a result (which may be null), or an error text. */
export interface CompletionMessage {
  readonly kind: 'completion';
  readonly invocationId: string;
  readonly outcome: CompletionOutcome;
}

export type CompletionOutcome =
  | { readonly kind: 'void' }
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly error: string };

/** The announced end of a connection. Clients reconnect by themselves only when allowed to. */
interface CloseMessage {
  readonly kind: 'close';
  readonly error?: string;
  readonly allowReconnect?: boolean;
}
