import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repositoryFile, repositoryYaml } from '../support/deployment-files.js';
import { unknownIn } from '../support/known-figures.js';
import { readExpression } from '../support/promql.js';

const datasource = z.strictObject({
  type: z.literal('prometheus'),
  uid: z.literal('${datasource}'),
});
const gridPos = z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() });
const rowPanel = z.object({ type: z.literal('row'), id: z.int(), title: z.string(), gridPos });
const panel = z.object({
  type: z.enum(['stat', 'timeseries', 'state-timeline', 'table']),
  id: z.int(),
  title: z.string(),
  description: z.string(),
  datasource,
  gridPos,
  targets: z.array(z.object({ refId: z.string(), datasource, expr: z.string() })).min(1),
});
const variable = z.object({ name: z.string(), type: z.enum(['datasource', 'query']) });
const dashboardFile = z.object({
  uid: z.literal('rte-hub'),
  schemaVersion: z.int().min(39),
  templating: z.object({ list: z.array(variable) }),
  annotations: z.object({ list: z.array(z.object({ datasource, expr: z.string() })) }),
  panels: z.array(z.union([rowPanel, panel])),
});

const dashboard = dashboardFile.parse(
  JSON.parse(repositoryFile('scripts/grafana/rte-hub.dashboard.json')),
);
const panels = dashboard.panels.filter((one) => one.type !== 'row');
const expressions = [
  ...panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ...dashboard.annotations.list.map(({ expr }) => ['annotation', expr] as const),
];

/** What Grafana makes of its own variables before Prometheus sees them. */
function asPrometheusSeesIt(expr: string): string {
  return expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$(?:job|instance)/gu, '.*');
}

/** Every cell of the page that a panel takes. */
function cellsOf({ x, y, w, h }: z.infer<typeof gridPos>): readonly string[] {
  return Array.from(
    { length: w * h },
    (_, n) => `${String(x + (n % w))} ${String(y + Math.floor(n / w))}`,
  );
}

describe('the dashboard', () => {
  it('has its chapters, the most urgent first', () => {
    const rows = dashboard.panels.filter((one) => one.type === 'row');
    expect(rows.map(({ title }) => title)).toEqual([
      'Is it right now?',
      'Clients',
      'Deliveries',
      'Bus and sources',
      'Callback requests',
      'REST and logins',
      'Process',
      'Tables near their bounds',
    ]);
  });

  it.each(expressions)('%s reads figures that the hub has: %s', (_title, expr) => {
    const expression = readExpression(asPrometheusSeesIt(expr));
    expect(expression.errors).toEqual([]);
    expect(expression.selectors.length).toBeGreaterThan(0);
    expect(unknownIn(expression)).toEqual([]);
  });

  it.each(expressions)('%s looks at the chosen hubs only: %s', (_title, expr) => {
    for (const { matchers } of readExpression(asPrometheusSeesIt(expr)).selectors) {
      expect(matchers.map(({ label }) => label)).toEqual(
        expect.arrayContaining(['job', 'instance']),
      );
    }
  });

  it.each(panels.map((one) => [one.title, one] as const))('%s says what to do', (_title, one) => {
    // One that shows only how much there is has nothing to say.
    const least = one.title === 'Requests by route' ? 10 : 60;
    expect(one.description.length).toBeGreaterThan(least);
  });

  it('has no two panels in one place, and none beside the page', () => {
    const wide = dashboard.panels.filter(({ gridPos: { x, w } }) => x + w > 24);
    expect(wide).toEqual([]);
    const cells = dashboard.panels.flatMap(({ gridPos: place }) => cellsOf(place));
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('declares every variable that it uses', () => {
    const text = repositoryFile('scripts/grafana/rte-hub.dashboard.json');
    const used = [...text.matchAll(/\$\{?(?<name>[a-z]\w+)/gu)].map((match) => match[1]);
    const declared = dashboard.templating.list.map(({ name }) => name);
    expect(new Set(used)).toEqual(new Set(declared));
  });
});

describe("Prometheus' and Grafana's files for compose.yaml", () => {
  it('scrape the hub under the name that the alert rules go by', () => {
    const file = z
      .object({
        rule_files: z.array(z.string()),
        scrape_configs: z.array(
          z.object({
            job_name: z.string(),
            static_configs: z.array(z.object({ targets: z.array(z.string()) })),
          }),
        ),
      })
      .parse(repositoryYaml('scripts/grafana/prometheus.yml'));
    expect(file.rule_files).toEqual(['rte-hub.rules.yml']);
    expect(file.scrape_configs).toEqual([
      { job_name: 'rte-hub', static_configs: [{ targets: ['rte-hub:8080'] }] },
    ]);
  });

  it('find the dashboard where compose.yaml puts it', () => {
    const file = z
      .object({ providers: z.array(z.object({ options: z.object({ path: z.string() }) })) })
      .parse(repositoryYaml('scripts/grafana/provisioning/dashboards/rte-hub.yml'));
    const [path = ''] = file.providers.map(({ options }) => options.path);
    expect(repositoryFile('compose.yaml')).toContain(`rte-hub.dashboard.json:${path}/`);
  });
});
