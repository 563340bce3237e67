import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What a label tells apart. */
export interface LabelDoc {
  readonly meaning: string;
  /** All values that there are; absent where they come from elsewhere and are bounded in number. */
  readonly values?: readonly string[];
}

/** The chapters of METRICS.md, in its order. */
export const FIGURE_GROUPS = [
  'Is it right now?',
  'Clients',
  'Deliveries',
  'Sources',
  'REST and logins',
  'Callback requests',
  'Bounded tables',
] as const;

/** What an operator is told of a figure. */
export interface FigureDoc<Label extends string = string> {
  readonly group: (typeof FIGURE_GROUPS)[number];
  readonly name: string;
  /** What it counts; also Prometheus' HELP. */
  readonly help: string;
  readonly unit: string;
  readonly labels?: Readonly<Record<Label, LabelDoc>>;
  /** What a bad value means and what to do about it; absent where none is bad. */
  readonly whenBad?: string;
}

/** A figure with its place in Prometheus' types. */
export interface Figure extends FigureDoc {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

/** Makes the figures of a registry and remembers what was said of each, for METRICS.md. */
export class FigureBook {
  readonly #registry: Registry;
  readonly #figures: Figure[] = [];

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** All figures made so far. */
  get figures(): readonly Figure[] {
    return this.#figures;
  }

  /**
   * A figure that only grows. Where all values of its labels are known, all series begin at 0, because
   * Prometheus sees no increase in a series that begins with 1.
   * @param read sets it whenever the figures are asked for
   */
  counter<Label extends string = never>(
    doc: FigureDoc<Label>,
    read?: (counter: Counter<Label>) => void,
  ): Counter<Label> {
    const created = new Counter({ ...this.#configuration(doc), ...collecting(read) });
    this.#figures.push({ ...doc, type: 'counter' });
    for (const values of combinations(doc)) created.labels(...values).inc(0);
    return created;
  }

  /** A figure that goes up and down. @param read sets it whenever the figures are asked for */
  gauge<Label extends string = never>(
    doc: FigureDoc<Label>,
    read?: (gauge: Gauge<Label>) => void,
  ): Gauge<Label> {
    this.#figures.push({ ...doc, type: 'gauge' });
    return new Gauge({ ...this.#configuration(doc), ...collecting(read) });
  }

  /** How many observations were at most each of `buckets`, in the figure's unit. */
  histogram<Label extends string = never>(
    doc: FigureDoc<Label>,
    buckets: readonly number[],
  ): Histogram<Label> {
    this.#figures.push({ ...doc, type: 'histogram', buckets });
    return new Histogram({ ...this.#configuration(doc), buckets: [...buckets] });
  }

  /** Takes a histogram that is counted in another way than by observations. */
  add(doc: FigureDoc, histogram: Histogram, buckets: readonly number[]): void {
    this.#figures.push({ ...doc, type: 'histogram', buckets });
    this.#registry.registerMetric(histogram);
  }

  #configuration<Label extends string>(doc: FigureDoc<Label>) {
    const { name, help } = doc;
    return { name, help, labelNames: labelsOf(doc), registers: [this.#registry] };
  }
}

function collecting<Created>(read: ((created: Created) => void) | undefined) {
  if (read === undefined) return {};
  return {
    collect(this: Created) {
      read(this);
    },
  };
}

/** The values of the labels, in their order, of every series there can be; none where one is not known. */
function combinations<Label extends string>(doc: FigureDoc<Label>): readonly string[][] {
  const known = labelsOf(doc).map((label) => doc.labels?.[label].values ?? []);
  if (known.length === 0) return [];
  return known.reduce<string[][]>(
    (begun, values) => begun.flatMap((one) => values.map((value) => [...one, value])),
    [[]],
  );
}

function labelsOf<Label extends string>({ labels }: FigureDoc<Label>): Label[] {
  const names: Label[] = [];
  for (const name in labels) names.push(name);
  return names;
}
