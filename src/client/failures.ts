/**
 * Why the client is not connected and tries again:
 * - `hub-unreachable`: nothing answers: no network, or no hub at the address
 * - `hub-busy`: it answers 429 or 503: starting, draining, or too many connections or logins
 * - `hub-failed`: it answers with another error
 * - `hub-closed`: it has ended the connection: a restart, an expired token, a client too slow
 * - `connection-lost`: the connection broke
 * - `token-refused`: it does not know the token that it just gave, e.g. since its key is new
 * - `credentials-unavailable`: the application's own function for credentials failed
 */
export type ReconnectReason =
  | 'hub-unreachable'
  | 'hub-busy'
  | 'hub-failed'
  | 'hub-closed'
  | 'connection-lost'
  | 'token-refused'
  | 'credentials-unavailable';

/** Why the hub does not let the client in: 401 for wrong credentials, 403 for who may not. */
export type RefusalReason = 'unauthorized' | 'forbidden';

/** Why there is no connection. */
export type Failure =
  | {
      readonly kind: 'passing';
      readonly reason: ReconnectReason;
      /** For people; may be empty. */
      readonly detail: string;
      /** The hub asks not to come back sooner. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string };

/** An attempt to connect that failed. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.reason}: ${failure.detail}`, options);
    this.failure = failure;
  }
}

/** What an error of whatever kind means for the connection. */
export function failureOf(error: unknown, reason: ReconnectReason): Failure {
  if (error instanceof ConnectError) return error.failure;
  return { kind: 'passing', reason, detail: textOf(error) };
}

/** What an error answer of the hub means; `detail` is what its body says. */
export function failureOfStatus(
  status: number,
  detail: string,
  retryAfterMs: number | undefined,
): Failure {
  const text = detail === '' ? `The hub answered ${String(status)}.` : detail;
  const later = retryAfterMs === undefined ? {} : { retryAfterMs };
  switch (status) {
    case 401:
      return { kind: 'refused', reason: 'unauthorized', detail: text };
    case 403:
      return { kind: 'refused', reason: 'forbidden', detail: text };
    case 429:
    case 503:
      return { kind: 'passing', reason: 'hub-busy', detail: text, ...later };
    default:
      return { kind: 'passing', reason: 'hub-failed', detail: text, ...later };
  }
}

/** The message of an error, or of what was thrown in its place. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
