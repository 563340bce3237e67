/** Why a request was refused: status and text for the client, label for logs and metrics. */
export interface Refusal {
  readonly status: number;
  readonly label: string;
  /** Body, plain text. Empty where clients build their own text from the status. */
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that passed, or why it did not. */
export type Outcome<T> = { readonly ok: T } | { readonly refusal: Refusal };

const retryLater = { 'Retry-After': '5' };

/** All refusals before a connection stands. Statuses are ASP.NET Core's where it has the case. */
export const refusals = {
  originNotAllowed: { status: 403, label: 'origin', text: '' },
  // JS clients show "Unauthorized: Status code '401'" only when the body is empty.
  unauthorized: { status: 401, label: 'unauthorized', text: '' },
  authenticationFailed: { status: 500, label: 'authentication_failed', text: '' },
  draining: { status: 503, label: 'draining', text: '', headers: retryLater },
  tooManyConnections: { status: 503, label: 'connections', text: '', headers: retryLater },
  tooManyPending: { status: 429, label: 'pending_negotiations', text: '', headers: retryLater },
  negotiateFailed: { status: 500, label: 'negotiate_failed', text: '' },
  tooManyPosts: { status: 429, label: 'waiting_posts', text: '', headers: retryLater },
  bodyTooLarge: {
    status: 413,
    label: 'body_too_large',
    text: 'The request body is too large.',
    // What is left of the body is not worth reading.
    headers: { Connection: 'close' },
  },
  bodyIncomplete: { status: 400, label: 'body_incomplete', text: '' },
  idRequired: { status: 400, label: 'id_required', text: 'Connection ID required' },
  unknownId: { status: 404, label: 'unknown_id', text: 'No Connection with that ID' },
  transportDisabled: {
    status: 404,
    label: 'transport_disabled',
    text: 'This transport is not available here',
  },
  alreadyConnected: {
    status: 409,
    label: 'already_connected',
    text: 'The connection already has a transport',
  },
  notOpened: {
    status: 409,
    label: 'not_opened',
    text: 'The connection has no transport yet',
  },
  transportChanged: {
    status: 400,
    label: 'transport_changed',
    text: 'Cannot change transports mid-connection',
  },
  postOnWebSocket: {
    status: 405,
    label: 'post_on_websocket',
    text: 'POST requests are not allowed for WebSocket connections.',
  },
  deleteOnOther: {
    status: 400,
    label: 'delete_on_other',
    text: 'Cannot terminate this connection using the DELETE endpoint.',
  },
  methodNotAllowed: {
    status: 405,
    label: 'method',
    text: '',
    headers: { Allow: 'GET, POST, DELETE, OPTIONS' },
  },
  negotiateByPost: {
    status: 405,
    label: 'method',
    text: '',
    headers: { Allow: 'POST, OPTIONS' },
  },
} as const satisfies Record<string, Refusal>;
