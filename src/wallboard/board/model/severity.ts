/** How bad a figure is, from good to bad. */
export type Severity = 'ok' | 'warning' | 'critical';

/** From which value on a figure is a warning, and from which it is critical. */
export interface Limits {
  readonly warning: number;
  readonly critical: number;
}

const RANKS: Readonly<Record<Severity, number>> = { ok: 0, warning: 1, critical: 2 };

/** The severity of a value that is the worse the greater it is. A limit of 0 is none. */
export function severityOf(value: number, { warning, critical }: Limits): Severity {
  if (critical > 0 && value >= critical) return 'critical';
  return warning > 0 && value >= warning ? 'warning' : 'ok';
}

/** The worst of several; `ok` of none. */
export function worstOf(severities: Iterable<Severity>): Severity {
  let worst: Severity = 'ok';
  for (const one of severities) if (RANKS[one] > RANKS[worst]) worst = one;
  return worst;
}

/** Sorts the worst first. */
export function bySeverity(one: Severity, other: Severity): number {
  return RANKS[other] - RANKS[one];
}
