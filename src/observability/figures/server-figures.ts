import type { FigureBook } from '../figure-book.js';

/** What a SignalR server can only say when asked. */
export interface ServerFigures {
  readonly pendingNegotiations: number;
  readonly groups: number;
  readonly outboundBytes: number;
}

/** The SignalR server's figures of the moment. */
export function serverFigures(book: FigureBook, read: () => ServerFigures): void {
  book.gauge(
    {
      group: 'Clients',
      name: 'rte_pending_negotiations',
      help: 'Negotiated connections whose transport has not come yet.',
      unit: 'connections',
      whenBad:
        'At its bound of 1,000 further ones are refused (pending_negotiations): a flood, or a proxy that lets negotiations through and upgrades not.',
    },
    (gauge) => gauge.set(read().pendingNegotiations),
  );
  book.gauge(
    {
      group: 'Clients',
      name: 'rte_groups',
      help: 'SignalR groups that have members.',
      unit: 'groups',
    },
    (gauge) => gauge.set(read().groups),
  );
  book.gauge(
    {
      group: 'Deliveries',
      name: 'rte_outbound_waiting_bytes',
      help: 'Bytes that wait for clients.',
      unit: 'bytes',
      whenBad:
        'Growing: clients read too slowly. Each is closed as slow_consumer when 1 MiB waits for it, so that the others do not notice.',
    },
    (gauge) => gauge.set(read().outboundBytes),
  );
}
