import { format, resolveConfig } from 'prettier';
import {
  createMetrics,
  FIGURE_GROUPS,
  type Figure,
  PROCESS_FIGURES,
} from '../src/observability/index.js';

const target = new URL('../src/observability/METRICS.md', import.meta.url);

const INTRODUCTION = `# Metrics

Generated from the definitions in \`figures/\` by \`npm run generate\`. \`/metrics\` has them in Prometheus' text format; it asks for no login, so let the reverse proxy keep it from the outside, as \`scripts/nginx\` does. A dashboard and alert rules are in \`scripts/grafana\`.

A counter with one label whose values are known begins with 0 for each, so that the first increase shows. Values of labels that come from elsewhere are bounded in number: further ones count as \`other\`.`;

const PROCESS_TITLE = `## Process

Of those that prom-client counts by itself, the ones that matter here.`;

/** METRICS.md as it has to be, laid out by the project's own formatter. */
export async function metricsDocument(): Promise<string> {
  const figures = allFigures();
  const chapters = FIGURE_GROUPS.map((group) => {
    const own = figures.filter((one) => one.group === group);
    return [`## ${group}`, table(own)].join('\n\n');
  });
  const process = [PROCESS_TITLE, table(PROCESS_FIGURES)].join('\n\n');
  const text = [INTRODUCTION, ...chapters, process].join('\n\n');
  return format(text, { ...(await resolveConfig(target)), filepath: target.pathname });
}

/** All figures of the hub, those included that are made when a part of it asks for them. */
export function allFigures(): readonly Figure[] {
  const metrics = createMetrics();
  metrics.watchServer(() => ({ pendingNegotiations: 0, groups: 0, outboundBytes: 0 }));
  metrics.watchHealth(() => ({ ready: true, components: [] }));
  return metrics.figures();
}

type Row = Pick<Figure, 'name' | 'type' | 'help' | 'unit' | 'labels' | 'buckets' | 'whenBad'>;

function table(figures: readonly Row[]): string {
  const head = ['Name', 'Type, unit', 'Meaning', 'Labels', 'When it is bad'];
  return [cells(head), cells(head.map(() => '---')), ...figures.map(line)].join('\n');
}

function line({ name, type, unit, help, labels = {}, buckets, whenBad = '' }: Row): string {
  const steps = buckets === undefined ? '' : ` Buckets: ${buckets.join(', ')}.`;
  const names = Object.entries(labels).map(([label, { meaning, values }]) => {
    const known = values === undefined ? '' : `: ${values.map(code).join(' ')}`;
    return `${code(label)} (${meaning})${known}`;
  });
  return cells([code(name), `${type}, ${unit}`, `${help}${steps}`, names.join('; '), whenBad]);
}

function code(text: string): string {
  return `\`${text}\``;
}

function cells(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
