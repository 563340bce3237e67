/** One line of Prometheus' text format. */
export interface Series {
  readonly name: string;
  /** The name without what the lines of a histogram have behind it. */
  readonly figure: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const LINE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/u;
const LABEL = /(?<label>\w+)="(?<value>(?:[^"\\]|\\.)*)"/gu;

/**
 * The series of Prometheus' text format.
 * @throws when a line is none
 */
export function parseSeries(text: string): readonly Series[] {
  const histograms = new Set(
    [...text.matchAll(/^# TYPE (?<name>\S+) histogram$/gmu)].map(
      (match) => match.groups?.['name'] ?? '',
    ),
  );
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => parseLine(line, histograms));
}

function parseLine(line: string, histograms: ReadonlySet<string>): Series {
  const { name, labels = '', value } = LINE.exec(line)?.groups ?? {};
  if (name === undefined || value === undefined) throw new Error(`no series: ${line}`);
  const base = name.replace(/_(?:bucket|sum|count)$/u, '');
  const pairs = [...labels.matchAll(LABEL)].map(
    (match) => [match.groups?.['label'] ?? '', match.groups?.['value'] ?? ''] as const,
  );
  return {
    name,
    figure: histograms.has(base) ? base : name,
    labels: Object.fromEntries(pairs),
    value: Number(value),
  };
}
