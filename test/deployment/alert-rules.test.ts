import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repositoryYaml } from '../support/deployment-files.js';
import { unknownIn } from '../support/known-figures.js';
import { readExpression } from '../support/promql.js';

const alert = z.strictObject({
  alert: z.string().regex(/^Rte[A-Z][A-Za-z]+$/u),
  expr: z.string(),
  for: z.string().regex(/^\d+m$/u),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string().min(20), runbook: z.string().min(120) }),
});
const rulesFile = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(alert) })),
});
const testFile = z.object({
  rule_files: z.array(z.string()),
  tests: z.array(
    z.object({
      name: z.string(),
      input_series: z.array(z.object({ series: z.string() })),
      promql_expr_test: z.array(z.object({ expr: z.string(), exp_samples: z.array(z.unknown()) })),
    }),
  ),
});

const rules = rulesFile
  .parse(repositoryYaml('scripts/grafana/rte-hub.rules.yml'))
  .groups.flatMap((group) => group.rules);
const TEST_FILES = ['rte-hub.test.yml', 'rte-hub-hours.test.yml'];
const testFiles = TEST_FILES.map((name) =>
  testFile.parse(repositoryYaml(`scripts/grafana/${name}`)),
);
const tests = testFiles.flatMap((file) => file.tests);

describe.each(rules.map((rule) => [rule.alert, rule] as const))('%s', (name, rule) => {
  const expression = readExpression(rule.expr);

  it('reads figures that the hub has', () => {
    expect(expression.errors).toEqual([]);
    expect(expression.selectors.length).toBeGreaterThan(0);
    expect(unknownIn(expression)).toEqual([]);
  });

  it('is about the hub only, where others have figures of that name', () => {
    const shared = expression.selectors.filter((one) => !one.name.startsWith('rte_'));
    for (const { matchers } of shared) {
      expect(matchers).toContainEqual({ label: 'job', operator: '=', value: 'rte-hub' });
    }
  });

  it('names in its texts only labels that it may have', () => {
    const texts = Object.values(rule.annotations).join(' ');
    const used = [...texts.matchAll(/\$labels\.(?<label>\w+)/gu)].map((match) => match[1] ?? '');
    const left = /^\s*(?:sum|histogram_quantile)\b/u.test(rule.expr)
      ? expression.grouping.filter((label) => label !== 'le')
      : undefined;
    for (const label of used) {
      expect(left ?? [label]).toContain(label);
      expect(unknownIn({ ...expression, grouping: [label] })).toEqual([]);
    }
  });

  it('has a test in which it fires and one in which it does not', () => {
    const own = tests.filter((one) => one.name.startsWith(`${name} `));
    const expected = own.map(({ promql_expr_test: [only] }) => only?.exp_samples.length);
    expect(new Set(expected)).toEqual(new Set([0, 1]));
    for (const { promql_expr_test: asked } of own) {
      expect(asked.map(({ expr }) => expr)).toEqual([
        `ALERTS{alertname="${name}", alertstate="firing"}`,
      ]);
    }
  });
});

describe('the tests of the rules', () => {
  it('are about figures that the hub has', () => {
    for (const file of testFiles) expect(file.rule_files).toEqual(['rte-hub.rules.yml']);
    const series = tests.flatMap((one) => one.input_series.map((input) => input.series));
    expect(series.length).toBeGreaterThan(60);
    expect(series.flatMap((one) => unknownIn(readExpression(one)))).toEqual([]);
  });
});
