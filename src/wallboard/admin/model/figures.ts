import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';

/** As parts/severity.tsx has it, which is for pages only. */
type Severity = 'ok' | 'warning' | 'critical';

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;

/** Bytes as people read them: 0 B, 12.3 kB. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 1_000 && unit < UNITS.length - 1) [value, unit] = [value / 1_000, unit + 1];
  const digits = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${formatNumber(digits)} ${UNITS[unit] ?? ''}`;
}

/** Milliseconds as people read them: 4 ms, 1.2 s. */
export function formatMilliseconds(milliseconds: number): string {
  if (milliseconds < 1_000) return text.admin.figures.ms(formatNumber(Math.round(milliseconds)));
  return text.admin.figures.seconds(formatNumber(Math.round(milliseconds / 100) / 10));
}

/** A rate with a decimal where it is small. */
export function formatRate(perSecond: number): string {
  return formatNumber(perSecond < 10 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}

/** The hub parts with clients for whom 1 MiB waits; below a quarter of it nobody notices. */
const WAITING = { warning: 262_144, critical: 786_432 } as const;

/** How bad it is that so many bytes wait for a client. */
export function severityOfWaiting(bytes: number): Severity {
  if (bytes >= WAITING.critical) return 'critical';
  return bytes >= WAITING.warning ? 'warning' : 'ok';
}

/** People notice a second, and mistrust five. */
const LAG = { warning: 1_000, critical: 5_000 } as const;

/** How bad it is that events come so late. */
export function severityOfLag(milliseconds: number): Severity {
  if (milliseconds >= LAG.critical) return 'critical';
  return milliseconds >= LAG.warning ? 'warning' : 'ok';
}

/** How bad a state of a source is. */
export const SEVERITY_OF_STATE = { up: 'ok', stale: 'warning', down: 'critical' } as const;

/** What of a browser's or library's name for itself tells it from others. */
export function shortAgent(agent: string): string {
  const library = /Microsoft SignalR\/[\d.]+(?:-[\w.]+)? \(([^;]*;[^;)]*)/u.exec(agent);
  if (library !== null) return agent.slice(0, agent.indexOf('(')).trim();
  const browser = BROWSERS.flatMap((pattern) => pattern.exec(agent) ?? []).slice(1, 3);
  const [name, version] = browser;
  if (name === undefined || version === undefined) return agent.slice(0, 40);
  return `${NAMES[name] ?? name} ${version}`;
}

/** Others than the last say also that they are like Chrome, and Chrome that it is like Safari. */
const BROWSERS = [
  /(Edg|OPR|Firefox)\/(\d+)/u,
  /((?:Headless)?Chrome)\/(\d+)/u,
  /(Safari)\/(\d+)/u,
] as const;

const NAMES: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera' };
