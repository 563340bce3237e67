import { Counter, Gauge, type Registry } from 'prom-client';

/** How full the tables of a room are. */
export interface TableSizes {
  /** Entries by the name of the table. */
  readonly entries: Readonly<Record<string, number>>;
  /** How many entries had to go since the start to keep the bounds, where the room counts them. */
  readonly evictions?: number;
}

/**
 * Figures of everything in the hub that grows and has a bound: a leak shows here before it shows as
 * memory. Read whenever the figures are asked for.
 * @returns what has a room's tables read; a room that comes again takes its own place. Rooms and
 * tables are named in code, so they are few.
 */
export function tableMetrics(registry: Registry): (room: string, read: () => TableSizes) => void {
  const rooms = new Map<string, () => TableSizes>();
  const entries = new Gauge({
    name: 'rte_table_entries',
    help: 'Entries of a bounded table.',
    labelNames: ['room', 'table'],
    registers: [],
    collect() {
      for (const [room, read] of rooms) {
        for (const [table, size] of Object.entries(read().entries)) this.set({ room, table }, size);
      }
    },
  });
  const evictions = new Counter({
    name: 'rte_table_evictions_total',
    help: 'Entries that the bounds of tables pushed out; more than none calls for larger bounds.',
    labelNames: ['room'],
    registers: [],
    collect() {
      this.reset();
      for (const [room, read] of rooms) {
        const count = read().evictions;
        if (count !== undefined) this.inc({ room }, count);
      }
    },
  });
  registry.registerMetric(entries);
  registry.registerMetric(evictions);
  return (room, read) => void rooms.set(room, read);
}
