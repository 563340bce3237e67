import type { FigureBook } from './figure-book.js';

/** How full the tables of a room are. */
export interface TableSizes {
  /** Entries by the name of the table. */
  readonly entries: Readonly<Record<string, number>>;
  /** The most entries that a table takes, for those whose bound is one number. */
  readonly limits?: Readonly<Record<string, number>>;
  /** How many entries had to go since the start to keep the bounds, where the room counts them. */
  readonly evictions?: number;
}

const group = 'Bounded tables';
const room = { meaning: 'room of the source code that keeps it, or the source' };
const table = { meaning: 'table of that room' };

/**
 * Figures of everything in the hub that grows and has a bound: a leak shows here before it shows as
 * memory. Read whenever the figures are asked for.
 * @returns what has a room's tables read; a room that comes again takes its own place. Rooms and
 * tables are named in code, so they are few.
 */
export function tableMetrics(book: FigureBook): (room: string, read: () => TableSizes) => void {
  const rooms = new Map<string, () => TableSizes>();
  book.gauge(
    {
      group,
      name: 'rte_table_entries',
      help: 'Entries of a bounded table.',
      unit: 'entries',
      labels: { room, table },
      whenBad:
        'Growing for days without going back at night: a leak, report it. contact-center and state-feed grow with calls, rte with clients and subscriptions, identity with logins; queue-history has as many as there are queues. callbacks/waitingChanges is what waits for a database that is away.',
    },
    (gauge) => {
      for (const [name, read] of rooms) setEach(gauge, name, read().entries);
    },
  );
  book.gauge(
    {
      group,
      name: 'rte_table_limit',
      help: 'The most entries that a table takes, where that is one number.',
      unit: 'entries',
      labels: { room, table },
    },
    (gauge) => {
      for (const [name, read] of rooms) setEach(gauge, name, read().limits ?? {});
    },
  );
  book.counter(
    {
      group,
      name: 'rte_table_evictions_total',
      help: 'Entries that the bounds of tables pushed out; more than none calls for larger bounds.',
      unit: 'entries',
      labels: { room },
      whenBad:
        'What the hub knows has gaps: calls that live are forgotten, or revoked tokens are. Find the full table in rte_table_entries; the bound is a constant with its reason in that room, so report it.',
    },
    (counter) => {
      counter.reset();
      for (const [name, read] of rooms) {
        const count = read().evictions;
        if (count !== undefined) counter.inc({ room: name }, count);
      }
    },
  );
  return (name, read) => void rooms.set(name, read);
}

function setEach(
  gauge: { set(labels: { room: string; table: string }, value: number): void },
  name: string,
  figures: Readonly<Record<string, number>>,
): void {
  for (const [one, value] of Object.entries(figures)) gauge.set({ room: name, table: one }, value);
}
