import { connect, type Channel, type ChannelModel } from 'amqplib';
import { connectionProblem } from '../../sources/wazo/connection-problem.js';
import { CommandError } from '../command.js';
import type { BusSettings } from './bus-settings.js';
import { pause } from '../pace.js';

/** A broker that does not answer within this is away. */
const CONNECT_TIMEOUT_MS = 10_000;

/** A hub that has just been started, or waits for its exchange, reads its queue by then. */
const MAX_WAIT_MS = 60_000;
const ASK_AGAIN_MS = 250;

/** AMQP 0-9-1 reply codes. */
const NOT_FOUND = 404;
const PRECONDITION_FAILED = 406;

/**
 * Connects to RabbitMQ and makes sure that the exchange is there.
 * @param isDeclaring whether to make it, as Wazo does, where it is missing
 * @throws CommandError that says what to do
 */
export async function openBroker(
  settings: BusSettings,
  isDeclaring: boolean,
): Promise<ChannelModel> {
  const connection = await connectOnce(settings.amqpUrl);
  try {
    await requireExchange(connection, settings, isDeclaring);
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/**
 * Resolves when a hub reads its queue, which is bound by then: what is published before is lost.
 * @throws CommandError when none does within a minute
 */
export async function untilHubReads(
  connection: ChannelModel,
  { queue }: BusSettings,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + MAX_WAIT_MS;
  while (!signal.aborted) {
    const found = await tolerating(NOT_FOUND, connection, (channel) => channel.checkQueue(queue));
    if (found !== undefined && found.consumerCount > 0) return;
    if (performance.now() > end) {
      throw new CommandError(
        `No hub reads the queue "${queue}": start one with this broker (rte-hub serve), or set WAZO_QUEUE to its queue`,
      );
    }
    await pause(ASK_AGAIN_MS, signal);
  }
}

async function connectOnce(amqpUrl: string): Promise<ChannelModel> {
  try {
    const connection = await connect(amqpUrl, { timeout: CONNECT_TIMEOUT_MS });
    // Every error is followed by `close`, which tells it, or rejects the call that caused it.
    connection.on('error', ignoreTwin);
    return connection;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(
      `${connectionProblem(amqpUrl, error)}. Start it, or set WAZO_AMQP_URL to where it is`,
      { cause: error },
    );
  }
}

async function requireExchange(
  connection: ChannelModel,
  { exchange, exchangeType, amqpUrl }: BusSettings,
  isDeclaring: boolean,
): Promise<void> {
  const { host } = new URL(amqpUrl);
  if (!isDeclaring) {
    const found = await tolerating(NOT_FOUND, connection, (channel) =>
      channel.checkExchange(exchange),
    );
    if (found !== undefined) return;
    throw new CommandError(
      `The exchange "${exchange}" does not exist on ${host}: start Wazo, set WAZO_EXCHANGE to its exchange, or have it made with --declare on a broker of your own`,
    );
  }
  // As Wazo declares it: with other arguments Wazo would not start beside it.
  const declared = await tolerating(PRECONDITION_FAILED, connection, (channel) =>
    channel.assertExchange(exchange, exchangeType, { durable: true }),
  );
  if (declared !== undefined) return;
  throw new CommandError(
    `The exchange "${exchange}" exists on ${host}, but is not a durable one of type ${exchangeType}: set WAZO_EXCHANGE_TYPE to its type and leave out --declare`,
  );
}

/**
 * Does `action` on a channel of its own, since the broker closes the channel when it refuses.
 * @returns undefined when the broker refused with that reply code
 */
async function tolerating<T>(
  replyCode: number,
  connection: ChannelModel,
  action: (channel: Channel) => Promise<T>,
): Promise<T | undefined> {
  const channel = await connection.createChannel();
  channel.on('error', ignoreTwin);
  let answer: T;
  try {
    answer = await action(channel);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === replyCode) return undefined;
    throw error;
  }
  await channel.close();
  return answer;
}

/** amqplib tells a failure twice: by what was called, which is handled, and as an event. */
function ignoreTwin(): void {
  // The call that failed, or `close`, carries the same error.
}
