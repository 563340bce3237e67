import { allFigures } from '../../scripts/metrics-document.js';
import { PROCESS_FIGURES } from '../../src/observability/index.js';
import type { Expression } from './promql.js';

/** Labels that Prometheus adds to every series that it reads from the hub. */
const OF_SCRAPE = ['job', 'instance'];

/** Labels of the process' figures that are used. */
const OF_PROCESS: Readonly<Record<string, readonly string[]>> = {
  nodejs_gc_duration_seconds: ['kind'],
};

interface Known {
  readonly type: string;
  /** By label; undefined where its values come from elsewhere. */
  readonly labels: ReadonlyMap<string, readonly string[] | undefined>;
}

const figures = new Map<string, Known>([
  // Prometheus' own, of each target.
  ['up', { type: 'gauge', labels: new Map() }],
  ...PROCESS_FIGURES.map(({ name, type }): [string, Known] => [
    name,
    { type, labels: new Map((OF_PROCESS[name] ?? []).map((label) => [label, undefined])) },
  ]),
  ...allFigures().map(({ name, type, labels = {} }): [string, Known] => [
    name,
    { type, labels: new Map(Object.entries(labels).map(([label, { values }]) => [label, values])) },
  ]),
]);

/** What of an expression the hub's figures do not have: names, labels, values of labels. */
export function unknownIn({ selectors, grouping }: Expression): readonly string[] {
  const labels = new Set([...OF_SCRAPE, ...selectors.flatMap(({ name }) => labelsOf(name))]);
  return [
    ...selectors.flatMap(({ name, matchers }) => {
      const known = find(name);
      if (known === undefined) return [name];
      return matchers.flatMap((one) => unknownMatch(name, one));
    }),
    ...grouping.filter((label) => !labels.has(label)),
  ];
}

/** Labels that a series of this name may have, beside those of the scrape. */
function labelsOf(name: string): readonly string[] {
  const known = find(name);
  const ofBucket = name.endsWith('_bucket') ? ['le'] : [];
  return [...(known?.labels.keys() ?? []), ...ofBucket];
}

function find(name: string): Known | undefined {
  const whole = figures.get(name);
  // A histogram's name alone is no series.
  if (whole !== undefined) return whole.type === 'histogram' ? undefined : whole;
  const base = figures.get(name.replace(/_(?:bucket|sum|count)$/u, ''));
  return base?.type === 'histogram' ? base : undefined;
}

function unknownMatch(
  name: string,
  { label, operator, value }: { label: string; operator: string; value: string },
): readonly string[] {
  const isBound = label === 'le' && name.endsWith('_bucket');
  if (isBound || OF_SCRAPE.includes(label)) return [];
  const known = find(name)?.labels;
  if (known?.has(label) !== true) return [`${name} ${label}`];
  const values = known.get(label);
  if (values === undefined) return [];
  const asked = operator.endsWith('~') ? value.split('|') : [value];
  return asked.filter((one) => !values.includes(one)).map((one) => `${name} ${label}=${one}`);
}
