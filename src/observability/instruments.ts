import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** From a map lookup to a slow hub method, in seconds. */
const INVOCATION_BUCKETS = [0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** From an answer out of a cache to one that is given up, in seconds. */
const REST_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 20];

/**
 * All figures of the hub: the one place of their names. Seconds and bytes are base units, as
 * Prometheus recommends.
 */
export function createInstruments(registry: Registry) {
  const counter = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ) => new Counter({ name, help, labelNames, registers: [registry] });
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: Label[] = [],
  ) => new Gauge({ name, help, labelNames, registers: [registry] });
  return {
    connections: gauge('rte_connections', 'Open connections.', ['transport']),
    connectionsClosed: counter('rte_connections_closed_total', 'Ended connections.', ['reason']),
    negotiations: counter('rte_negotiations_total', 'Answered negotiations.'),
    requestsRefused: counter(
      'rte_hub_requests_refused_total',
      'Hub requests answered with an error.',
      ['status', 'reason'],
    ),
    messagesIn: counter('rte_messages_in_total', 'Hub messages received.', ['kind']),
    messagesRefused: counter('rte_messages_refused_total', 'Hub messages over the rate limit.'),
    messagesOut: counter('rte_messages_out_total', 'Messages sent.', ['event']),
    messagesDropped: counter('rte_messages_dropped_total', 'Messages not sent.', ['reason']),
    messagesConflated: counter(
      'rte_messages_conflated_total',
      'Waiting state messages that a newer one replaced.',
    ),
    messagesEncoded: counter('rte_messages_encoded_total', 'Values serialised.', ['protocol']),
    outboundBytes: counter('rte_outbound_bytes_total', 'Bytes sent to clients.'),
    invocations: new Histogram({
      name: 'rte_invocation_duration_seconds',
      help: 'Time of hub methods.',
      labelNames: ['method', 'outcome'],
      buckets: INVOCATION_BUCKETS,
      registers: [registry],
    }),
    subscriptions: gauge('rte_subscriptions', 'Subscriptions of all connections.'),
    eventsPublished: counter('rte_events_published_total', 'RTE events made.', ['event']),
    accessDenied: counter('rte_access_denied_total', 'Refusals of the access policy.', [
      'reason',
      'rule',
    ]),
    corrections: counter(
      'rte_snapshot_corrections_total',
      'Entries of a table that a snapshot of a source showed to be wrong, by why it was asked for; for an audit nothing had told of it.',
      ['occasion', 'table'],
    ),
    untold: counter(
      'rte_untold_occurrences_total',
      'What happened, and was not told to clients because it was long past when it came.',
      ['kind'],
    ),
    sourceEvents: counter('rte_source_events_total', 'Events that came in from a source.', [
      'source',
      'name',
      'outcome',
    ]),
    sourceUp: gauge(
      'rte_source_up',
      '1 while what a source says can be trusted, 0 while it is stale or down.',
      ['source'],
    ),
    sourceState: gauge('rte_source_state', '1 for the state that a source is in, 0 for others.', [
      'source',
      'state',
    ]),
    sourceStateSince: gauge(
      'rte_source_state_since_timestamp_seconds',
      'When a source came into its state, in seconds since 1970.',
      ['source'],
    ),
    sourceTrouble: gauge('rte_source_trouble', '1 for the reason why a source is not up.', [
      'source',
      'reason',
    ]),
    sourceLastEvent: gauge(
      'rte_source_last_event_timestamp_seconds',
      'When the last event of a source came in, in seconds since 1970.',
      ['source'],
    ),
    sourceRest: new Histogram({
      name: 'rte_source_rest_duration_seconds',
      help: "Tries of calls to a source's REST services.",
      labelNames: ['service', 'outcome'],
      buckets: REST_BUCKETS,
      registers: [registry],
    }),
    directoryLeftOut: gauge(
      'rte_directory_left_out',
      'Entities of a source that the directory does not have.',
      ['source', 'section', 'reason'],
    ),
    logins: counter('rte_login_total', 'Attempts to get a token.', ['outcome']),
  };
}

/** The figures, ready to be counted. */
export type Instruments = ReturnType<typeof createInstruments>;
