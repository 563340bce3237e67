import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import {
  createLogger,
  createMetrics,
  HealthRegistry,
  pathOf,
  redactText,
} from '../../../src/observability/index.js';

function loggerWithLines() {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: createLogger('info', sink), lines };
}

describe('the log', () => {
  it('never has a secret field, at the top or one level down', () => {
    const { log, lines } = loggerWithLines();
    log.info({ token: 'hush', password: 'hush', user: { passwordHash: 'hush' } }, 'login');
    expect(lines.join('')).not.toContain('hush');
    expect(lines.join('')).toContain('[redacted]');
  });

  it("has an error's type, code and causes, without credentials in their texts", () => {
    const { log, lines } = loggerWithLines();
    const cause = new Error('GET /rte?access_token=hush failed');
    const error = new TypeError('amqp://guest:hush@broker is away', { cause });
    log.error({ err: Object.assign(error, { code: 'ECONNREFUSED' }) }, 'source lost');
    const line: unknown = JSON.parse(lines.join(''));
    expect(line).toMatchObject({
      err: {
        type: 'TypeError',
        code: 'ECONNREFUSED',
        message: 'amqp://[redacted]@broker is away',
        cause: { message: 'GET /rte?access_token=[redacted] failed' },
      },
    });
    expect(lines.join('')).not.toContain('hush');
  });

  it('ends the chain of an error that causes itself', () => {
    const { log, lines } = loggerWithLines();
    const error = new Error('loop');
    error.cause = error;
    log.error({ err: error }, 'odd');
    expect(lines).toHaveLength(1);
  });
});

describe('redaction', () => {
  it.each([
    ['amqp://u:p@ss@host/v', 'amqp://[redacted]@host/v'],
    [
      'ws://h/rte?id=abc&access_token=eyJx.eyJy.z',
      'ws://h/rte?id=[redacted]&access_token=[redacted]',
    ],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer [redacted]'],
    ['token eyJhbGciOi.eyJzdWIi.c2ln was refused', 'token [redacted] was refused'],
    ['nothing to hide at http://host/path', 'nothing to hide at http://host/path'],
    ['set amqp://guest:guest@127.0.0.1:5672/', 'set amqp://guest:guest@127.0.0.1:5672/'],
    ['at amqp://guest:guest@hush@host/', 'at amqp://[redacted]@host/'],
  ])('%s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it('a path is kept without its query', () => {
    expect(pathOf('/rte/negotiate?access_token=hush')).toBe('/rte/negotiate');
    expect(pathOf('/rte')).toBe('/rte');
  });
});

function words(kind: string): string[] {
  return Array.from({ length: 60 }, (_, at) => `${kind}-${String(at)}`);
}

describe('figures', () => {
  it('count what the SignalR server reports', async () => {
    const metrics = createMetrics();
    const { signalr } = metrics;
    signalr.connectionOpened('WebSockets');
    signalr.connectionOpened('WebSockets');
    signalr.connectionClosed('WebSockets', 'slow_consumer');
    signalr.messagesSent('UserStatus', 3);
    signalr.messagesDropped('UserStatus', 'conflated', 2);
    signalr.messagesDropped('UserStatus', 'expired', 1);
    signalr.bytesSent(1100);
    metrics.watchServer(() => ({ pendingNegotiations: 4, groups: 2, outboundBytes: 900 }));
    const lines = await metrics.text();
    for (const line of [
      'rte_connections{transport="WebSockets"} 1',
      'rte_connections_closed_total{reason="slow_consumer"} 1',
      'rte_messages_out_total{event="UserStatus"} 3',
      'rte_messages_conflated_total 2',
      'rte_messages_dropped_total{reason="expired"} 1',
      'rte_outbound_bytes_total 1100',
      'rte_pending_negotiations 4',
      'rte_groups 2',
      'rte_outbound_waiting_bytes 900',
    ]) {
      expect(lines.split('\n')).toContain(line);
    }
  });

  it('begin at 0 where all values of their labels are known, else with the first count', async () => {
    const metrics = createMetrics();
    const before = (await metrics.text()).split('\n');
    expect(before).toContain('rte_login_total{outcome="refused"} 0');
    expect(before).toContain('rte_snapshot_corrections_total{occasion="audit",table="legs"} 0');
    expect(before.some((line) => line.startsWith('rte_source_events_total{'))).toBe(false);
  });

  it('name all words of ours, however many of them there are beside each other', async () => {
    const metrics = createMetrics();
    const { signalr, rte } = metrics;
    for (const word of words('event')) {
      rte.eventPublished(word);
      signalr.messagesSent(word, 1);
    }
    for (const word of words('reason')) {
      rte.accessDenied(word, 'role');
      rte.untold(word);
      signalr.connectionClosed('WebSockets', word);
      signalr.requestRefused(401, word);
    }
    expect(await metrics.text()).not.toContain('"other"');
  });

  it('count what sources and the RTE hub report', async () => {
    const metrics = createMetrics(() => 1_800_000_000_500);
    const { sources, rte } = metrics;
    sources.eventIn('wazo', 'call_created', 'applied');
    sources.statusChanged('wazo', { state: 'up', trouble: null, since: 1_800_000_000_000 });
    rte.subscriptions(7);
    rte.accessDenied('entity-unknown', 'unknown');
    rte.corrected('audit', 'members', 2);
    rte.untold('user-call-arrived');
    metrics.login('refused');
    const lines = await metrics.text();
    for (const line of [
      'rte_source_events_total{source="wazo",outcome="applied",name="call_created"} 1',
      'rte_source_last_event_timestamp_seconds{source="wazo"} 1800000000.5',
      'rte_source_up{source="wazo"} 1',
      'rte_source_state{source="wazo",state="up"} 1',
      'rte_source_state{source="wazo",state="down"} 0',
      'rte_source_state_since_timestamp_seconds{source="wazo"} 1800000000',
      'rte_subscriptions 7',
      'rte_access_denied_total{reason="entity-unknown",rule="unknown"} 1',
      'rte_untold_occurrences_total{kind="user-call-arrived"} 1',
      'rte_snapshot_corrections_total{occasion="audit",table="members"} 2',
      'rte_login_total{outcome="refused"} 1',
    ]) {
      expect(lines.split('\n')).toContain(line);
    }
  });

  it("a source's age grows by itself, from its first event on", async () => {
    const clock = { now: 1_800_000_000_000 };
    const metrics = createMetrics(() => clock.now);
    const age = 'rte_source_last_event_age_seconds{source="wazo"}';
    metrics.sources.statusChanged('wazo', { state: 'up', trouble: null, since: clock.now });
    expect(await metrics.text()).not.toContain(age);
    metrics.sources.eventIn('wazo', 'call_created', 'applied');
    clock.now += 90_500;
    expect(await metrics.text()).toContain(`${age} 90.5`);
  });

  it('one state and one reason of a source are 1 at a time', async () => {
    const metrics = createMetrics();
    const { sources } = metrics;
    sources.statusChanged('wazo', { state: 'down', trouble: 'starting', since: 0 });
    sources.statusChanged('wazo', { state: 'stale', trouble: 'reading-state', since: 5_000 });
    const lines = (await metrics.text())
      .split('\n')
      .filter((line) => line.startsWith('rte_source_'));
    expect(lines).toEqual([
      'rte_source_up{source="wazo"} 0',
      'rte_source_state{source="wazo",state="up"} 0',
      'rte_source_state{source="wazo",state="stale"} 1',
      'rte_source_state{source="wazo",state="down"} 0',
      'rte_source_state_since_timestamp_seconds{source="wazo"} 5',
      'rte_source_trouble{source="wazo",reason="reading-state"} 1',
    ]);
    sources.statusChanged('wazo', { state: 'up', trouble: null, since: 6_000 });
    expect(await metrics.text()).not.toContain('rte_source_trouble{');
  });

  it('tables are read when the figures are asked for, a room that comes again once', async () => {
    const metrics = createMetrics();
    const entries = { visits: 3 };
    metrics.watchTables('wazo', () => ({ entries: { heldMessages: 9 } }));
    metrics.watchTables('wazo', () => ({ entries: { heldMessages: 1 } }));
    metrics.watchTables('contact-center', () => ({ entries, evictions: entries.visits * 2 }));
    await metrics.text();
    entries.visits = 4;
    const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith('rte_table'));
    expect(lines).toEqual([
      'rte_table_entries{room="wazo",table="heldMessages"} 1',
      'rte_table_entries{room="contact-center",table="visits"} 4',
      'rte_table_evictions_total{room="contact-center"} 8',
    ]);
  });

  it('names that senders make up do not become time series', async () => {
    const metrics = createMetrics();
    for (let i = 0; i < 500; i += 1) {
      metrics.sources.eventIn('wazo', `made_up_${i}`, 'unknown-name');
      metrics.sources.eventIn('wazo', `known_${i}`, 'applied');
    }
    const series = (await metrics.text())
      .split('\n')
      .filter((line) => line.startsWith('rte_source_events'));
    expect(series).toHaveLength(202);
    expect(series.join('\n')).toContain('outcome="unknown-name",name="other"} 500');
    expect(series.join('\n')).toContain('outcome="applied",name="other"} 300');
  });
});

describe('readiness', () => {
  it('a part is not ready until it says so', () => {
    const health = new HealthRegistry();
    const wazo = health.component('wazo');
    expect(health.readiness()).toEqual({ ready: false, reasons: ['wazo: not started yet'] });
    wazo.up();
    expect(health.readiness()).toEqual({ ready: true, reasons: [] });
  });

  it('all reasons are told, and draining is one for good', () => {
    const health = new HealthRegistry();
    const wazo = health.component('wazo');
    health.component('simulator').up();
    wazo.down('RabbitMQ is away');
    health.startDraining();
    expect(health.readiness().reasons).toEqual(['wazo: RabbitMQ is away', 'draining']);
    wazo.up();
    expect(health.readiness()).toEqual({ ready: false, reasons: ['draining'] });
  });
});
