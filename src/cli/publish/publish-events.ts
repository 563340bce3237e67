import type { ChannelModel } from 'amqplib';
import { connectionProblem } from '../../sources/wazo/connection-problem.js';
import { EXIT, type ExitCode } from '../command.js';
import { count, decimal, duration } from '../figures.js';
import type { Io } from '../io.js';
import { type Progress, type ProgressState, startProgress } from '../progress.js';
import { openBroker, untilHubReads } from './broker.js';
import { BusPublisher } from './bus-publisher.js';
import { type BusSettings, requireBusSettings } from './bus-settings.js';
import { checkEvents, type CheckedFile, FileFaults } from './check-events.js';
import type { EventFile } from './events.js';
import type { Pace } from '../pace.js';
import { playEvents } from './play-events.js';
import { faultLine, type Published, reportFaults, reportPublished } from './report.js';

/** Who interrupts does not wait longer for a broker that takes nothing. */
const CONFIRM_WITHIN_MS = 2_000;

/** What the arguments ask for. */
export interface PublishRequest {
  readonly file: EventFile;
  /** @param start milliseconds, when the first event is due */
  readonly paceFrom: (start: number) => Pace;
  /** Infinity until it is interrupted. */
  readonly repeat: number;
  readonly waits: boolean;
  readonly declares: boolean;
  readonly isAsRecorded: boolean;
  readonly leavesOutFaults: boolean;
  readonly json: boolean;
}

/**
 * Checks the file, publishes it and reports.
 * @returns well only when all of it is in the broker
 * @throws CommandError when it cannot begin
 */
export async function publishEvents(
  request: PublishRequest,
  io: Io,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { file, json } = request;
  const settings = requireBusSettings(io);
  const needsRoutingKey = settings.exchangeType === 'topic';
  const checked = file.isFile ? await checkEvents(file, needsRoutingKey, io, signal) : undefined;
  if (checked !== undefined && checked.faults.total > 0 && !json) reportFaults(checked.faults, io);
  const isStopped = checked !== undefined && checked.faults.total > 0 && !request.leavesOutFaults;
  const published = isStopped
    ? nothingOf(settings, checked)
    : await publish(request, settings, checked, io, signal);
  reportPublished(published, json, io);
  const isWhole = published.end === 'done' && published.faults.total + published.refused === 0;
  // Who lets it run for ever ends it so.
  const isEnded = published.end === 'interrupted' && request.repeat === Number.POSITIVE_INFINITY;
  return isWhole || isEnded ? EXIT.well : EXIT.failed;
}

function nothingOf({ exchange }: BusSettings, { faults }: CheckedFile): Published {
  const none = { published: 0, refused: 0, unrouted: 0, unroutedNames: [], seconds: 0 };
  return { ...none, exchange, faults, end: 'faulty', error: undefined };
}

async function publish(
  request: PublishRequest,
  settings: BusSettings,
  checked: CheckedFile | undefined,
  io: Io,
  signal: AbortSignal,
): Promise<Published> {
  const connection = await openBroker(settings, request.declares);
  const publisher = await BusPublisher.open(connection, settings.exchange);
  const hurry = (): void => publisher.hurry(CONFIRM_WITHIN_MS);
  signal.addEventListener('abort', hurry, { once: true });
  let published: Published;
  try {
    if (request.waits) await waitForHub(connection, settings, io, signal);
    published = await play(publisher, request, settings, checked, io, signal);
  } finally {
    await publisher.close();
    signal.removeEventListener('abort', hurry);
  }
  if (!publisher.isGivenUp || published.end === 'failed') return published;
  return { ...published, end: 'failed', error: 'RabbitMQ has not answered the end' };
}

async function waitForHub(
  connection: ChannelModel,
  settings: BusSettings,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const text = `waiting for a hub that reads the queue "${settings.queue}"`;
  const progress = startProgress(io, () => ({ fraction: undefined, text }));
  try {
    await untilHubReads(connection, settings, signal);
  } finally {
    progress.stop();
  }
}

async function play(
  publisher: BusPublisher,
  request: PublishRequest,
  { exchange, exchangeType, amqpUrl }: BusSettings,
  checked: CheckedFile | undefined,
  io: Io,
  signal: AbortSignal,
): Promise<Published> {
  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const total = checked === undefined ? undefined : checked.events * request.repeat;
  const progress = startProgress(io, () => progressOf(publisher.confirmed, total, seconds()));
  const faults = new FileFaults((fault) => tellFault(progress, faultLine(fault), request, checked));
  let end: Published['end'];
  let error: string | undefined;
  try {
    end = await playEvents({
      ...request,
      faults,
      needsRoutingKey: exchangeType === 'topic',
      send: (message) => publisher.publish(message),
      signal,
      monotonic: () => performance.now(),
      now: () => performance.timeOrigin + performance.now(),
    });
    await publisher.settled();
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    end = 'failed';
    error = publisher.isLost ? connectionProblem(amqpUrl, failure) : failure.message;
  } finally {
    progress.stop();
  }
  const { confirmed: published, refused, unrouted, unroutedNames } = publisher;
  const figures = { published, refused, unrouted, unroutedNames, seconds: seconds() };
  return { ...figures, exchange, faults: checked?.faults ?? faults, end, error };
}

/** Faults of a file that was checked before have been told. */
function tellFault(
  progress: Progress,
  line: string,
  { json }: PublishRequest,
  checked: CheckedFile | undefined,
): void {
  if (checked === undefined && !json) progress.line(line);
}

function progressOf(done: number, total: number | undefined, seconds: number): ProgressState {
  const rate = seconds > 0 ? done / seconds : 0;
  const speed = `${decimal(rate)}/s`;
  if (total === undefined || total === Number.POSITIVE_INFINITY) {
    return { fraction: undefined, text: `${count(done)} events, ${speed}` };
  }
  const left = rate > 0 ? `, ${duration((total - done) / rate)} left` : '';
  return {
    fraction: total === 0 ? 1 : done / total,
    text: `${count(done)} of ${count(total)} events, ${speed}${left}`,
  };
}
