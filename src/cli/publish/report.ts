import { count, decimal, duration } from '../figures.js';
import type { Io } from '../io.js';
import { printJson } from '../json-output.js';
import { printable, styled } from '../screen.js';
import { type Cell, tableLines } from '../table.js';
import { type CheckedFile, type FileFault, type FileFaults, outcomeOf } from './check-events.js';

/** What became of a file. */
export interface Published {
  readonly exchange: string;
  /** Events that the broker has confirmed. */
  readonly published: number;
  /** Events that it has refused. */
  readonly refused: number;
  /** Events among the published that no queue was bound for, and how many of which name. */
  readonly unrouted: number;
  readonly unroutedNames: readonly (readonly [string, number])[];
  readonly faults: FileFaults;
  readonly seconds: number;
  readonly end: 'done' | 'interrupted' | 'faulty' | 'failed';
  /** Why it failed. */
  readonly error: string | undefined;
}

/** Names of a line of the report. */
const SHOWN_NAMES = 5;

export function faultLine({ line, message }: FileFault): string {
  return `line ${String(line)}: ${printable(message)}`;
}

/** Tells all faults that were kept, and how many more there are. */
export function reportFaults(faults: FileFaults, io: Io): void {
  for (const fault of faults.first) {
    io.error(`${styled(io.errorScreen, 'red', 'fault:')} ${faultLine(fault)}`);
  }
  const more = faults.total - faults.first.length;
  if (more > 0) io.error(`and ${count(more)} more faulty lines`);
}

/** What `--check` found: faults, and what the hub makes of the events. */
export function reportCheck({ events, faults, names }: CheckedFile, json: boolean, io: Io): void {
  const sorted = [...names].sort(([, a], [, b]) => b - a);
  if (json) {
    const byName = sorted.map(([name, times]) => ({
      name,
      count: times,
      outcome: outcomeOf(name),
    }));
    const found = { faultCount: faults.total, faults: faults.first };
    printJson(io, { valid: faults.total === 0, events, names: byName, ...found });
    return;
  }
  const columns = [
    { title: 'COUNT', align: 'right' as const },
    { title: 'EVENT' },
    { title: 'WHAT FOLLOWS' },
  ];
  const rows = sorted.map(([name, times]): Cell[] => [count(times), name, outcomeOf(name)]);
  for (const line of tableLines(columns, rows, io.outScreen)) io.out(line);
  reportFaults(faults, io);
  io.out(`${count(events)} events can be published, ${count(faults.total)} lines are faulty.`);
}

/** What became of the file, as a table or as JSON. */
export function reportPublished(result: Published, json: boolean, io: Io): void {
  const { published, refused, unrouted, unroutedNames, faults, seconds, end, error } = result;
  const perSecond = seconds > 0 ? published / seconds : 0;
  if (json) {
    const { exchange } = result;
    const counts = { published, refused, unrouted, faultCount: faults.total, faults: faults.first };
    printJson(io, { exchange, ...counts, seconds, perSecond, end, error: error ?? null });
    return;
  }
  const rows: Cell[][] = [
    ['published', count(published), `in ${duration(seconds)}, ${decimal(perSecond)} a second`],
    ...(refused > 0 ? [['refused', count(refused), 'by RabbitMQ: a queue is full']] : []),
    ...(unrouted > 0 ? [['unrouted', count(unrouted), unroutedNote(unroutedNames)]] : []),
    ...(faults.total > 0
      ? [['faulty', count(faults.total), end === 'faulty' ? 'lines' : 'lines, left out']]
      : []),
  ];
  const columns = [{ title: '' }, { title: '', align: 'right' as const }, { title: '' }];
  for (const line of tableLines(columns, rows, io.outScreen)) io.out(line);
  const advice = adviceOn(result);
  if (advice !== undefined) io.error(advice);
}

function unroutedNote(names: Published['unroutedNames']): string {
  const shown = names.slice(0, SHOWN_NAMES).map(([name, times]) => `${name} (${count(times)})`);
  const more = names.length > SHOWN_NAMES ? ' and others' : '';
  return `no queue asks for them: ${shown.join(', ')}${more}`;
}

function adviceOn({ end, error, published, unrouted, exchange }: Published): string | undefined {
  switch (end) {
    case 'failed':
      return `Failed: ${error ?? 'no reason is known'}. What was sent last may be in the broker or not.`;
    case 'faulty':
      return 'Mend the faulty lines, or leave them out with --leave-out-faults.';
    case 'interrupted':
      return 'Interrupted: what is counted is in the broker, the rest was not sent.';
    case 'done':
      if (published === 0) return 'There was no event to publish.';
      if (unrouted < published) return undefined;
      return `No queue has taken anything: start a hub that reads from the exchange "${exchange}", and publish with --wait.`;
  }
}
