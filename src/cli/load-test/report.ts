import { byteSize, count, decimal, duration } from '../figures.js';
import type { Io } from '../io.js';
import { printJson } from '../json-output.js';
import { styled } from '../screen.js';
import { type Cell, tableLines } from '../table.js';
import type { Kinds, Times } from './load-figures.js';
import type { LoadPlan } from './plan.js';
import type { LoadResult } from './run-load.js';
import { rateOf } from './thresholds.js';

/** From here on the own process may be what is measured. */
const BUSY_CPU = 0.8;
const BUSY_DELAY_MS = 50;

/** The result for people: figures, times, what went wrong. */
export function reportLoad(
  result: LoadResult,
  plan: LoadPlan,
  missed: readonly string[],
  io: Io,
): void {
  const figureColumns = [{ title: '' }, { title: '', align: 'right' as const }, { title: '' }];
  for (const line of tableLines(figureColumns, figureRows(result, plan), io.outScreen))
    io.out(line);
  if (result.readyAtStart > 0) reportTimes(result, io);
  for (const miss of missed) io.error(`${styled(io.errorScreen, 'red', 'missed:')} ${miss}`);
}

function reportTimes(result: LoadResult, io: Io): void {
  io.out('');
  const timeColumns = ['MILLISECONDS', 'P50', 'P90', 'P99', 'MAX', 'COUNT'].map((title, at) => ({
    title,
    align: at === 0 ? ('left' as const) : ('right' as const),
  }));
  for (const line of tableLines(timeColumns, timeRows(result), io.outScreen)) io.out(line);
  io.out('');
  for (const note of notesOn(result)) io.out(note);
}

function figureRows(result: LoadResult, plan: LoadPlan): Cell[][] {
  const { figures, readyAtStart, connectingSeconds, measuredSeconds, perConnection } = result;
  const perSecond = decimal(rateOf(figures.messages, measuredSeconds));
  const bytesPerSecond = byteSize(rateOf(figures.bytes, measuredSeconds));
  const connected = decimal(rateOf(readyAtStart, connectingSeconds));
  const spread = `${count(perConnection[0] ?? 0)} to ${count(perConnection.at(-1) ?? 0)}`;
  return [
    [
      'connections',
      count(readyAtStart),
      `of ${count(plan.connections)}, in ${duration(connectingSeconds)}, ${connected} a second`,
    ],
    [
      'events',
      count(figures.messages),
      `in ${duration(measuredSeconds)}, ${perSecond} a second, ${spread} per connection`,
    ],
    ['bytes', byteSize(figures.bytes), `${bytesPerSecond} a second`],
    ['dropped', count(figures.drops.total), kindsText(figures.drops)],
    ['reconnected', count(figures.reconnects), ''],
    ['failures', count(figures.failures.total), kindsText(figures.failures)],
    ['refused', count(figures.refusals.total), kindsText(figures.refusals)],
  ];
}

function timeRows({ figures }: LoadResult): Cell[][] {
  return [
    ['connect, to the handshake', ...timeCells(figures.connecting)],
    ['Subscribe, to its answer', ...timeCells(figures.subscribing)],
    ['delivery, from the stamp', ...timeCells(figures.delivering)],
  ];
}

function timeCells(times: Times): string[] {
  const values = [times.percentile(50), times.percentile(90), times.percentile(99), times.max];
  return [
    ...values.map((value) => (value === undefined ? '-' : decimal(value))),
    count(times.count),
  ];
}

function kindsText(kinds: Kinds): string {
  return kinds.entries.map(({ kind, count: times }) => `${kind} (${count(times)})`).join(', ');
}

function notesOn({ figures, ownCpu, ownDelayP99 }: LoadResult): string[] {
  const cpu = `${String(Math.round(ownCpu * 100))} % of a core`;
  const own = `This process used ${cpu} and was late by ${decimal(ownDelayP99)} ms (99th percentile).`;
  const isBusy = ownCpu > BUSY_CPU || ownDelayP99 > BUSY_DELAY_MS;
  return [
    own,
    ...(isBusy
      ? ['It may itself be the bottleneck: use fewer connections, or more machines.']
      : []),
    'Delivery is by the clocks of both machines, to the millisecond.',
    ...(figures.fromFuture > 0
      ? [`${count(figures.fromFuture)} events came before their stamp: the clocks differ.`]
      : []),
  ];
}

/** The result for scripts. */
export function reportLoadJson(
  result: LoadResult,
  plan: LoadPlan,
  missed: readonly string[],
  io: Io,
): void {
  const { figures, measuredSeconds: seconds, connectingSeconds, perConnection } = result;
  const median = perConnection[Math.floor(perConnection.length / 2)] ?? 0;
  printJson(io, {
    url: plan.base,
    transport: plan.transport,
    protocol: plan.protocol,
    users: plan.logins.length,
    connections: {
      asked: plan.connections,
      ready: result.readyAtStart,
      readyAtEnd: result.readyAtEnd,
      seconds: connectingSeconds,
      perSecond: rateOf(result.readyAtStart, connectingSeconds),
    },
    connect: timesJson(figures.connecting),
    subscribe: timesJson(figures.subscribing),
    delivery: { ...timesJson(figures.delivering), fromFuture: figures.fromFuture },
    events: {
      count: figures.messages,
      perSecond: rateOf(figures.messages, seconds),
      perConnection: { min: perConnection[0] ?? 0, median, max: perConnection.at(-1) ?? 0 },
    },
    bytes: { count: figures.bytes, perSecond: rateOf(figures.bytes, seconds) },
    seconds,
    drops: figures.drops.entries,
    reconnects: figures.reconnects,
    failures: figures.failures.entries,
    refusals: figures.refusals.entries,
    own: { cpu: result.ownCpu, delayP99: result.ownDelayP99 },
    interrupted: result.isInterrupted,
    passed: missed.length === 0,
    missed,
  });
}

/** Milliseconds; null when nothing was measured. */
function timesJson(times: Times) {
  const at = (percent: number): number | null => times.percentile(percent) ?? null;
  const [p50, p90, p99] = [at(50), at(90), at(99)];
  return { count: times.count, p50, p90, p99, p999: at(99.9), max: times.max ?? null };
}
