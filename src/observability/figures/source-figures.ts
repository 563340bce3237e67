import type { FigureBook } from '../figure-book.js';

/** From an answer out of a cache to one that is given up, in seconds. */
const REST_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 20];

/** From the reorder window to a backlog of a morning, in seconds. */
const DELAY_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600];

const OUTCOMES = [
  'applied',
  'directory-change',
  'resync-trigger',
  'session-end',
  'duplicate',
  'unknown-name',
  'unknown-entity',
  'foreign-tenant',
  'ring-group',
  'stasis',
  'irrelevant',
  'doubtful',
  'ambiguous',
  'malformed',
  'failed',
];

const TROUBLES = [
  'starting',
  'connection-lost',
  'access-denied',
  'misconfigured',
  'reading-state',
  'state-unreadable',
  'state-old',
  'unanswered',
  'failed',
];

const CORRECTED = [
  'members',
  'agents',
  'visits',
  'offers',
  'wrap-ups',
  'legs',
  'parked-calls',
  'users',
];

const group = 'Sources';
const source = {
  meaning: 'telephony system, as in RTE_SOURCES',
  values: ['wazo', 'portsip', 'simulator'],
};

/** What comes from the telephony systems, and whether it can be trusted. */
export function sourceFigures(book: FigureBook) {
  return { ...stateFigures(book), ...eventFigures(book), ...readingFigures(book) };
}

function stateFigures(book: FigureBook) {
  return {
    sourceUp: book.gauge({
      group,
      name: 'rte_source_up',
      help: '1 while what a source says can be trusted, 0 while it is stale or down.',
      unit: '0 or 1',
      labels: { source },
      whenBad: 'rte_source_trouble has the class of the reason, /healthz/ready the text.',
    }),
    sourceState: book.gauge({
      group,
      name: 'rte_source_state',
      help: '1 for the state that a source is in, 0 for others.',
      unit: '0 or 1',
      labels: { source, state: { meaning: 'state', values: ['up', 'stale', 'down'] } },
      whenBad:
        'down: no events come. stale: events come, but the picture may be old or have gaps; clients are told (SourceStatus).',
    }),
    sourceStateSince: book.gauge({
      group,
      name: 'rte_source_state_since_timestamp_seconds',
      help: 'When a source came into its state, in seconds since 1970.',
      unit: 'seconds since 1970',
      labels: { source },
    }),
    sourceTrouble: book.gauge({
      group,
      name: 'rte_source_trouble',
      help: '1 for the reason why a source is not up.',
      unit: '1',
      labels: { source, reason: { meaning: 'what is wrong', values: TROUBLES } },
      whenBad:
        'connection-lost: network, or the system is away. access-denied: credentials, or a right that is missing. misconfigured: a setting does not fit, such as WAZO_EXCHANGE_TYPE. state-unreadable, state-old: a REST service fails, see rte_source_rest_duration_seconds. unanswered: wazo-amid does not pass events on. failed: a fault of the hub, see its log.',
    }),
  };
}

function eventFigures(book: FigureBook) {
  return {
    sourceEvents: book.counter({
      group,
      name: 'rte_source_events_total',
      help: 'Events that came in from a source.',
      unit: 'events',
      labels: {
        source,
        name: { meaning: "the system's name of the event; `other` when it is not known" },
        outcome: { meaning: 'what became of it (src/sources/README.md)', values: OUTCOMES },
      },
      whenBad:
        'unknown-entity: the directory lacks the user or queue. foreign-tenant: an organization has the wrong tenant. malformed: the system sends what the hub does not understand; the log has the first of each. failed: a fault of the hub.',
    }),
    sourceEventDelay: book.histogram(
      {
        group,
        name: 'rte_source_event_delay_seconds',
        help: 'From the sending of an event by its system, or the receipt where no time is known, until it is applied.',
        unit: 'seconds',
        labels: { source },
        whenBad:
          'About WAZO_REORDER_WINDOW_MS to four times of it is as it should be. Seconds or more after a restart: the backlog of the broker is worked off. At other times: the event loop is busy.',
      },
      DELAY_BUCKETS,
    ),
    sourceLastEvent: book.gauge({
      group,
      name: 'rte_source_last_event_timestamp_seconds',
      help: 'When the last event of a source came in, in seconds since 1970.',
      unit: 'seconds since 1970',
      labels: { source },
      whenBad: 'Long ago by day: make a test call, then look at the system and its bus.',
    }),
    untold: book.counter({
      group,
      name: 'rte_untold_occurrences_total',
      help: 'What happened, and was not told to clients because it was long past when it came.',
      unit: 'occurrences',
      labels: { kind: { meaning: 'what happened, in words of src/contact-center' } },
      whenBad: 'The hub was away for more than a minute, or its source was.',
    }),
  };
}

function readingFigures(book: FigureBook) {
  return {
    corrections: book.counter({
      group,
      name: 'rte_snapshot_corrections_total',
      help: 'Entries of a table that a snapshot of a source showed to be wrong, by why it was asked for; for an audit nothing had told of it.',
      unit: 'entries',
      labels: {
        occasion: {
          meaning: 'why the state was read',
          values: ['start', 'gap', 'change', 'audit', 'unsaid'],
        },
        table: { meaning: 'what of the state', values: CORRECTED },
      },
      whenBad:
        'audit: events are lost, or read wrongly. Look for malformed and failed in rte_source_events_total; report it with the log of that time.',
    }),
    sourceRest: book.histogram(
      {
        group,
        name: 'rte_source_rest_duration_seconds',
        help: "Tries of calls to a source's REST services.",
        unit: 'seconds',
        labels: {
          service: {
            meaning: 'service of Wazo, or the API of PortSIP',
            values: ['auth', 'confd', 'agentd', 'calld', 'chatd', 'amid', 'portsip'],
          },
          outcome: {
            meaning: 'how the try ended',
            values: [
              'ok',
              'unreachable',
              'starting',
              'refused',
              'not-found',
              'rejected',
              'failed',
              'garbage',
              'stopped',
            ],
          },
        },
        whenBad:
          'refused: the hub\'s user lacks a right (README, "Connect to Wazo"). unreachable, starting: the service is away; the hub asks again. garbage: a version of the service that the hub does not know, or a proxy that answers in its place.',
      },
      REST_BUCKETS,
    ),
    directoryLeftOut: book.gauge({
      group,
      name: 'rte_directory_left_out',
      help: 'Entities of a source that the directory does not have.',
      unit: 'entities',
      labels: {
        source,
        section: {
          meaning: 'part of the directory',
          values: ['organizations', 'users', 'queues', 'agents', 'schedules', 'callLists'],
        },
        reason: {
          meaning: 'why',
          values: ['unreadable', 'duplicate-id', 'duplicate-name', 'unknown-organization'],
        },
      },
      whenBad:
        'Nothing is told of them. The log has each kind once; mend it in the system, or give other ids or names in the directory file.',
    }),
  };
}
