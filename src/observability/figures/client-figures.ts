import type { FigureBook } from '../figure-book.js';

/** From a map lookup to a slow hub method, in seconds. */
const INVOCATION_BUCKETS = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

const TRANSPORTS = ['WebSockets', 'ServerSentEvents', 'LongPolling'];

/** Reasons of the SignalR server, then those for which the hub parts with somebody. */
const CLOSE_REASONS = [
  'aborted',
  'server_shutdown',
  'authentication_expired',
  'client_closed',
  'client_left',
  'transport_lost',
  'handshake_refused',
  'handshake_timeout',
  'send_timeout',
  'protocol_error',
  'message_too_large',
  'client_timeout',
  'slow_consumer',
  'rate_limited',
  'connect_failed',
  'internal_error',
  'user_removed',
  'login_revoked',
  'token_revoked',
  'closed_by_administrator',
];

const REFUSALS = [
  'origin',
  'unauthorized',
  'authentication_failed',
  'draining',
  'connections',
  'pending_negotiations',
  'negotiate_failed',
  'waiting_posts',
  'body_too_large',
  'body_incomplete',
  'id_required',
  'unknown_id',
  'transport_disabled',
  'already_connected',
  'not_opened',
  'transport_changed',
  'post_on_websocket',
  'delete_on_other',
  'method',
];

const MESSAGE_KINDS = [
  'invocation',
  'streamInvocation',
  'streamItem',
  'completion',
  'cancelInvocation',
  'ping',
  'close',
  'ack',
  'sequence',
  'unknown',
];

/** Who is connected, who was not let in, and what clients ask for. */
export function clientFigures(book: FigureBook) {
  const group = 'Clients';
  return {
    connections: book.gauge({
      group,
      name: 'rte_connections',
      help: 'Open connections.',
      unit: 'connections',
      labels: { transport: { meaning: "SignalR's transport", values: TRANSPORTS } },
      whenBad:
        'All clients on LongPolling or ServerSentEvents: something in between does not pass WebSocket upgrades (scripts/nginx). A sudden loss of all: look at rte_connections_closed_total for the reason.',
    }),
    connectionLimit: book.gauge({
      group,
      name: 'rte_connection_limit',
      help: 'Most connections that the hub takes at a time (RTE_CONNECTION_LIMIT).',
      unit: 'connections',
      whenBad:
        'Open connections near it: raise it, after a look at memory and open files (process_max_fds), or find who does not close theirs.',
    }),
    connectionsClosed: book.counter({
      group,
      name: 'rte_connections_closed_total',
      help: 'Ended connections.',
      unit: 'connections',
      labels: { reason: { meaning: 'why it ended', values: CLOSE_REASONS } },
      whenBad:
        'slow_consumer and send_timeout: clients that read too slowly, mostly over a bad network or with a page that is busy. client_timeout and transport_lost: networks, or a proxy with a read time-out below 30 s. internal_error: a fault of the hub, see its log. rate_limited: a client in a loop.',
    }),
    negotiations: book.counter({
      group,
      name: 'rte_negotiations_total',
      help: 'Answered negotiations.',
      unit: 'requests',
      whenBad:
        'Many more than connections: clients negotiate and then fail to connect, as behind a proxy that does not pass upgrades or, with several nodes, without stickiness.',
    }),
    requestsRefused: book.counter({
      group,
      name: 'rte_hub_requests_refused_total',
      help: 'Hub requests answered with an error.',
      unit: 'requests',
      labels: {
        status: { meaning: 'HTTP status' },
        reason: { meaning: 'what was wrong', values: REFUSALS },
      },
      whenBad:
        'unauthorized: tokens that have run out or are of another key (rte-hub check-token says which). origin: add the page to RTE_ALLOWED_ORIGINS. unknown_id: several nodes without stickiness, or clients that come back after a restart. connections: RTE_CONNECTION_LIMIT is reached. pending_negotiations: a flood, or clients that negotiate and never connect.',
    }),
    messagesIn: book.counter({
      group,
      name: 'rte_messages_in_total',
      help: 'Hub messages received.',
      unit: 'messages',
      labels: { kind: { meaning: 'kind of hub message', values: MESSAGE_KINDS } },
    }),
    messagesRefused: book.counter({
      group,
      name: 'rte_messages_refused_total',
      help: 'Hub messages over the rate limit.',
      unit: 'messages',
      whenBad:
        'A client calls the hub in a loop; one that goes on is closed with the reason rate_limited.',
    }),
    invocations: book.histogram(
      {
        group,
        name: 'rte_invocation_duration_seconds',
        help: 'Time of hub methods.',
        unit: 'seconds',
        labels: {
          method: { meaning: 'hub method; `unknown` for any other name' },
          outcome: {
            meaning: 'answered, refused before it ran, or failed',
            values: ['ok', 'refused', 'failed'],
          },
        },
        whenBad:
          'failed: a fault of the hub, its log has "hub method failed". Slow ones: a busy event loop, see nodejs_eventloop_lag_p99_seconds.',
      },
      INVOCATION_BUCKETS,
    ),
    subscriptions: book.gauge({
      group,
      name: 'rte_subscriptions',
      help: 'Subscriptions of all connections.',
      unit: 'subscriptions',
      whenBad: 'None while clients are connected: they were refused, see rte_access_denied_total.',
    }),
    accessDenied: book.counter({
      group,
      name: 'rte_access_denied_total',
      help: 'Refusals of the access policy.',
      unit: 'refusals',
      labels: {
        reason: {
          meaning: 'what was refused: a Subscribe, a request, an event that belongs to nobody',
          values: [
            'subscribe',
            'read',
            'change',
            'rights-lost',
            'organization-unknown',
            'entity-unknown',
            'entity-foreign',
          ],
        },
        rule: {
          meaning: 'what of the policy refused (src/rte/ACCESS.md)',
          values: ['unknown', 'organization', 'role', 'acl'],
        },
      },
      whenBad:
        'The log line "access refused" has who, what and which rule. entity-unknown and organization-unknown: the directory lacks what the telephony system has.',
    }),
  };
}
