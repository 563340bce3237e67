import type { FigureBook } from '../figure-book.js';

/** From an answer out of memory to one that waits for a database or another system, in seconds. */
const REQUEST_BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 5];

/** From one fsync to a database that is nearly away, in seconds. */
const STORE_BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 1, 5];

/** REST, logins and the store of callback requests. */
export function serviceFigures(book: FigureBook) {
  return {
    requests: book.histogram(
      {
        group: 'REST and logins',
        name: 'rte_http_request_duration_seconds',
        help: 'Time of HTTP requests until they were answered; without the transports of the hub, which are meant to stay open.',
        unit: 'seconds',
        labels: {
          method: { meaning: 'HTTP method' },
          route: { meaning: 'path with its parameters as names; `unknown` for any other' },
          status: { meaning: 'HTTP status' },
        },
        whenBad:
          '5xx: 503 says that a system or the database is away, others are faults of the hub, see its log. 401 in numbers: a client with an old password or key. 429: RTE_TRUST_PROXY may be missing, so that all clients share one address.',
      },
      REQUEST_BUCKETS,
    ),
    logins: book.counter({
      group: 'REST and logins',
      name: 'rte_login_total',
      help: 'Attempts to get a token.',
      unit: 'attempts',
      labels: {
        outcome: {
          meaning: 'how it ended',
          values: [
            'accepted',
            'refused',
            'not-admitted',
            'throttled',
            'unavailable',
            'forbidden',
            'no-credentials',
          ],
        },
      },
      whenBad:
        'refused and throttled: somebody guesses passwords, or a client was set up wrong; the log has the address. not-admitted: Wazo or the OpenID issuer knows them, the directory does not. unavailable: wazo-auth or the issuer is away.',
    }),
    storeUses: book.histogram(
      {
        group: 'Callback requests',
        name: 'rte_callback_store_duration_seconds',
        help: 'Time of reads and transactions of the store of callback requests.',
        unit: 'seconds',
        labels: {
          outcome: { meaning: 'how it ended', values: ['ok', 'unavailable', 'failed'] },
        },
        whenBad:
          'Slow: the disk of RTE_DATA_DIR, or the way to PostgreSQL. unavailable: the database is away or the disk is full; what calls bring waits in memory, people get 503. failed: see the log.',
      },
      STORE_BUCKETS,
    ),
  };
}
