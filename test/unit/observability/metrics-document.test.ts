import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metricsDocument } from '../../../scripts/metrics-document.js';
import { closeReasonsOfHub } from '../../../src/access/connection-access.js';
import type { CorrectedTable, SourceTrouble } from '../../../src/contact-center/index.js';
import { createMetrics, PROCESS_FIGURES } from '../../../src/observability/index.js';
import type { RefusingRule } from '../../../src/rte/access-policy.js';
import type { AccessDenial } from '../../../src/rte/rte-metrics.js';
import { refusals } from '../../../src/signalr/connections/refusals.js';
import { closeReasons } from '../../../src/signalr/index.js';
import type { RestOutcome } from '../../../src/sources/rest-problem.js';
import type { EventOutcome } from '../../../src/sources/source.js';
import { parseSeries, type Series } from '../../support/prometheus-text.js';
import { startTestHub, type TestHub } from '../../support/test-hub.js';

/** Values that are types elsewhere; the compiler keeps these lists whole. */
const OUTCOMES: Record<EventOutcome, true> = {
  applied: true,
  'directory-change': true,
  'resync-trigger': true,
  'session-end': true,
  duplicate: true,
  'unknown-name': true,
  'unknown-entity': true,
  'foreign-tenant': true,
  'ring-group': true,
  stasis: true,
  irrelevant: true,
  doubtful: true,
  ambiguous: true,
  malformed: true,
  failed: true,
};
const CORRECTED: Record<CorrectedTable, true> = {
  members: true,
  agents: true,
  visits: true,
  offers: true,
  'wrap-ups': true,
  legs: true,
  'parked-calls': true,
  users: true,
};
const TROUBLES: Record<SourceTrouble, true> = {
  starting: true,
  'connection-lost': true,
  'access-denied': true,
  misconfigured: true,
  'reading-state': true,
  'state-unreadable': true,
  'state-old': true,
  unanswered: true,
  failed: true,
};
const REST_OUTCOMES: Record<RestOutcome, true> = {
  ok: true,
  unreachable: true,
  starting: true,
  refused: true,
  'not-found': true,
  rejected: true,
  failed: true,
  garbage: true,
  stopped: true,
};
const DENIALS: Record<AccessDenial, true> = {
  subscribe: true,
  read: true,
  change: true,
  'rights-lost': true,
  'organization-unknown': true,
  'entity-unknown': true,
  'entity-foreign': true,
};
const RULES: Record<RefusingRule, true> = {
  unknown: true,
  organization: true,
  role: true,
  acl: true,
};

const METRICS = new URL('../../../src/observability/METRICS.md', import.meta.url);
const figures = createMetrics().figures();

function valuesOf(name: string, label: string): readonly string[] | undefined {
  return figures.find((one) => one.name === name)?.labels?.[label]?.values;
}

/** The labels with a value that is none of those documented. */
function unknownValues(figure: string, labels: Series['labels']): readonly string[] {
  return Object.entries(labels).flatMap(([label, value]) =>
    valuesOf(figure, label)?.includes(value) === false ? [`${figure} ${label} ${value}`] : [],
  );
}

describe('METRICS.md', () => {
  it('is as the figures are', async () => {
    expect(readFileSync(METRICS, 'utf8')).toBe(await metricsDocument());
  });

  it.each<[string, string, readonly string[]]>([
    [
      'rte_connections_closed_total',
      'reason',
      [...Object.values(closeReasons), ...closeReasonsOfHub].map(({ label }) => label),
    ],
    [
      'rte_hub_requests_refused_total',
      'reason',
      [...new Set(Object.values(refusals).map(({ label }) => label))],
    ],
    ['rte_source_events_total', 'outcome', Object.keys(OUTCOMES)],
    ['rte_source_trouble', 'reason', Object.keys(TROUBLES)],
    ['rte_snapshot_corrections_total', 'table', Object.keys(CORRECTED)],
    ['rte_source_rest_duration_seconds', 'outcome', Object.keys(REST_OUTCOMES)],
    ['rte_access_denied_total', 'reason', Object.keys(DENIALS)],
    ['rte_access_denied_total', 'rule', Object.keys(RULES)],
  ])('%s has all values of %s', (name, label, values) => {
    expect(valuesOf(name, label)).toEqual(values);
  });
});

describe("the figures' names and texts", () => {
  it.each(figures.map((figure) => [figure.name, figure] as const))(
    '%s is as Prometheus recommends',
    (name, { type, unit, help }) => {
      expect(name).toMatch(/^rte_[a-z]+(?:_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      expect(name).not.toMatch(/_(?:count|sum|bucket|milliseconds|ms|minutes|kilobytes)$/);
      expect(/_bytes(?:_total)?$/.test(name)).toBe(unit === 'bytes');
      expect(name.endsWith('_seconds')).toBe(unit.startsWith('seconds'));
      expect(help).toMatch(/\.$/);
    },
  );
});

describe('a running hub', () => {
  const state: { hub?: TestHub; series: readonly Series[] } = { series: [] };

  beforeAll(async () => {
    const hub = await startTestHub({ RTE_DIRECTORY: '', RTE_SIMULATOR_SPEED: '1000' });
    state.hub = hub;
    for (const path of [
      '/healthz/ready',
      '/token/me/rte',
      '/users/nobody',
      '/secret-path',
      '/rte',
    ]) {
      await fetch(`${hub.url}${path}`);
    }
    const { Token } = await hub.token('demo', 'me', 'demo');
    await fetch(`${hub.url}/rte/negotiate?negotiateVersion=1&access_token=${Token}`, {
      method: 'POST',
    });
    state.series = parseSeries(await (await fetch(`${hub.url}/metrics`)).text());
  });

  afterAll(() => state.hub?.stop());

  it('has no figure that is not documented, and no value that is not', () => {
    const document = readFileSync(METRICS, 'utf8');
    const known = new Set([...document.matchAll(/^\| `(?<name>\w+)`/gm)].map((match) => match[1]));
    const own = state.series.filter(({ name }) => name.startsWith('rte_'));
    expect(own.length).toBeGreaterThan(100);
    const unknown = own.flatMap(({ figure, labels }) =>
      known.has(figure) ? unknownValues(figure, labels) : [figure],
    );
    expect(unknown).toEqual([]);
  });

  it('has the figures of the process', () => {
    const names = new Set(state.series.map(({ figure }) => figure));
    for (const { name } of PROCESS_FIGURES) expect(names).toContain(name);
  });

  it('counts requests by route, never by the path that was asked for', () => {
    const counts = state.series.filter(
      ({ name }) => name === 'rte_http_request_duration_seconds_count',
    );
    const routes = counts.map(({ labels }) => `${labels['route'] ?? ''} ${labels['status'] ?? ''}`);
    expect(new Set(routes)).toEqual(
      new Set([
        '/healthz/ready 200',
        '/token/:userId/rte 401',
        '/token/:userId/rte 200',
        '/users/:userId 401',
        'unknown 404',
        '/rte/negotiate 200',
      ]),
    );
  });

  it('says whether it is ready, and of each part', () => {
    const parts = state.series.filter(({ name }) => /^rte_(?:component_)?ready$/.test(name));
    expect(parts.map(({ labels, value }) => [labels['component'], value])).toEqual([
      [undefined, 1],
      ['callbacks', 1],
      ['simulator', 1],
    ]);
  });

  it('begins reasons at 0, so that the first of them shows as an increase', () => {
    const slow = state.series.find(
      ({ name, labels }) =>
        name === 'rte_connections_closed_total' && labels['reason'] === 'slow_consumer',
    );
    expect(slow?.value).toBe(0);
  });
});
