import type { Figure } from '../figure-book.js';

/** What METRICS.md says of a figure of the process. */
export type ProcessFigure = Pick<Figure, 'name' | 'type' | 'help' | 'unit' | 'whenBad'>;

/**
 * The figures of the process that matter to operators, of those that prom-client counts by itself.
 * A name may be missing where the system does not tell (files outside Linux).
 */
export const PROCESS_FIGURES: readonly ProcessFigure[] = [
  {
    name: 'process_cpu_seconds_total',
    type: 'counter',
    help: 'CPU time of the process.',
    unit: 'seconds',
    whenBad:
      'A rate near 1 per second: one core is all that the hub uses for events and deliveries. Fewer wildcard subscriptions, longer RTE_QUEUE_STATUS_INTERVAL_MS and RTE_USER_STATUS_INTERVAL_MS, or a faster core.',
  },
  {
    name: 'process_resident_memory_bytes',
    type: 'gauge',
    help: 'Memory of the process.',
    unit: 'bytes',
    whenBad:
      'Growing for days: compare with rte_table_entries and nodejs_heap_size_used_bytes, and report it.',
  },
  {
    name: 'process_start_time_seconds',
    type: 'gauge',
    help: 'When the process started.',
    unit: 'seconds since 1970',
    whenBad: 'Changing again and again: the hub is restarted; its log ends with the reason.',
  },
  {
    name: 'process_open_fds',
    type: 'gauge',
    help: 'Open files and sockets.',
    unit: 'files',
    whenBad:
      'Near process_max_fds: raise the limit (LimitNOFILE in systemd, ulimits in compose); each client takes one.',
  },
  {
    name: 'process_max_fds',
    type: 'gauge',
    help: 'Most files and sockets that the process may open.',
    unit: 'files',
  },
  {
    name: 'nodejs_eventloop_lag_p99_seconds',
    type: 'gauge',
    help: 'How late the event loop was, 99th percentile since the last scrape; never below its sampling of 10 ms.',
    unit: 'seconds',
    whenBad:
      'Over 0.1: everything of the hub waits that long. Look at the CPU, at garbage collection (nodejs_gc_duration_seconds) and at other processes of the machine.',
  },
  {
    name: 'nodejs_heap_size_used_bytes',
    type: 'gauge',
    help: 'Used heap.',
    unit: 'bytes',
    whenBad: 'Its lowest values growing for days: a leak, see rte_table_entries.',
  },
  {
    name: 'nodejs_gc_duration_seconds',
    type: 'histogram',
    help: 'Garbage collections by their kind.',
    unit: 'seconds',
    whenBad:
      'major ones taking a good part of the time: the heap is nearly full, give the process more (NODE_OPTIONS=--max-old-space-size=…).',
  },
  {
    name: 'nodejs_version_info',
    type: 'gauge',
    help: 'Always 1; the label has the version of Node.',
    unit: '1',
  },
];
