import type { FigureBook } from '../figure-book.js';
import { TalliedHistogram } from '../tallied-histogram.js';

/**
 * Upper bounds of the times that messages wait, in seconds: the powers of two milliseconds, as the
 * SignalR server counts them.
 */
const WAIT_BUCKETS = Array.from({ length: 15 }, (_, power) => 2 ** power / 1000);

const DROP_REASONS = ['expired', 'closed'];

/** What was made of what happened, and how it reached clients. */
export function deliveryFigures(book: FigureBook) {
  const group = 'Deliveries';
  return {
    eventsPublished: book.counter({
      group,
      name: 'rte_events_published_total',
      help: 'RTE events made.',
      unit: 'events',
      labels: { event: { meaning: 'name of the RTE event' } },
      whenBad:
        'None by day: nothing comes from the sources, see rte_source_events_total. Nobody needs to be subscribed for it to count.',
    }),
    messagesOut: book.counter({
      group,
      name: 'rte_messages_out_total',
      help: 'Messages sent.',
      unit: 'messages',
      labels: { event: { meaning: 'name of the RTE event, or kind of hub message' } },
      whenBad: 'None while events are made: nobody is subscribed, or nobody may see them.',
    }),
    messagesDropped: book.counter({
      group,
      name: 'rte_messages_dropped_total',
      help: 'Messages not sent.',
      unit: 'messages',
      labels: {
        reason: {
          meaning: 'older than it may be told (messageTTLSeconds), or the connection ended before',
          values: DROP_REASONS,
        },
      },
      whenBad:
        'expired: clients that read too slowly got less than the truth; they learn it from the next state. Compare with rte_connections_closed_total{reason="slow_consumer"}.',
    }),
    messagesConflated: book.counter({
      group,
      name: 'rte_messages_conflated_total',
      help: 'Waiting state messages that a newer one replaced.',
      unit: 'messages',
      whenBad: 'A few cost nothing. A large share of what is sent: clients read too slowly.',
    }),
    messagesEncoded: book.counter({
      group,
      name: 'rte_messages_encoded_total',
      help: 'Values serialised.',
      unit: 'values',
      labels: { protocol: { meaning: "SignalR's protocol", values: ['json', 'messagepack'] } },
      whenBad:
        'Each event is serialised once per protocol however many receive it. More than events made times protocols: a fault of the hub.',
    }),
    outboundBytes: book.counter({
      group,
      name: 'rte_outbound_bytes_total',
      help: 'Bytes sent to clients.',
      unit: 'bytes',
    }),
    deliveryWaits: waits(book),
  };
}

function waits(book: FigureBook): TalliedHistogram {
  const doc = {
    group: 'Deliveries',
    name: 'rte_delivery_duration_seconds',
    help: "From the making of an RTE event to its write to a client's socket.",
    unit: 'seconds',
    whenBad:
      'High for all: the event loop is busy, see nodejs_eventloop_lag_p99_seconds and the CPU. High for few: clients that read slowly, see rte_outbound_waiting_bytes.',
  } as const;
  const histogram = new TalliedHistogram(doc, WAIT_BUCKETS);
  book.add(doc, histogram, WAIT_BUCKETS);
  return histogram;
}
