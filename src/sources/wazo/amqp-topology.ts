import type { Channel, ChannelModel } from 'amqplib';
import type { Bindings } from './events/event-table.js';

/** Where the hub's queue hangs on the broker. */
export interface AmqpTopology {
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly bindings: Bindings;
}

/** What a hub that is away for a while may miss at most; then the oldest goes, never the newest. */
const MAX_QUEUED_MESSAGES = 200_000;

/** A queue that nobody has read for a week belongs to a hub that is no more. */
const QUEUE_EXPIRES_MS = 7 * 24 * 3_600_000;

/** How the hub's queue was found. */
export interface FoundQueue {
  /** It has other arguments than the hub gives. */
  readonly foreignArguments: boolean;
  /** Why it lacks messages from before; undefined for a queue that has kept them all. */
  readonly gap: 'new' | 'full' | undefined;
}

/** AMQP 0-9-1 reply codes. */
const NOT_FOUND = 404;
const PRECONDITION_FAILED = 406;

/** The broker lacks something that only its administrator can provide; the text says what. */
export class TopologyFault extends Error {
  override readonly name = 'TopologyFault';
}

/**
 * Makes sure that the hub's durable queue exists and is bound to Wazo's exchange by name (headers)
 * or by routing key (topic). The exchange is Wazo's and never declared here: other arguments than
 * Wazo's would keep Wazo from starting. A queue that exists with other arguments is used as it is.
 * @throws TopologyFault when the exchange does not exist
 */
export async function assertTopology(
  connection: ChannelModel,
  topology: AmqpTopology,
): Promise<FoundQueue> {
  const { exchange, queue } = topology;
  const found = await tryOnChannel(
    connection,
    (channel) => channel.checkExchange(exchange),
    NOT_FOUND,
  );
  if (found === undefined) {
    throw new TopologyFault(
      `the exchange "${exchange}" does not exist; start Wazo, or set WAZO_EXCHANGE to its exchange`,
    );
  }
  const before = await tryOnChannel(connection, (channel) => channel.checkQueue(queue), NOT_FOUND);
  const declared = await tryOnChannel(
    connection,
    (channel) => channel.assertQueue(queue, queueOptions()),
    PRECONDITION_FAILED,
  );
  const channel = await openChannel(connection);
  await bind(channel, topology);
  await channel.close();
  return { foreignArguments: declared === undefined, gap: gapOf(before?.messageCount) };
}

/** @param messageCount undefined for a queue that was not there */
function gapOf(messageCount: number | undefined): FoundQueue['gap'] {
  if (messageCount === undefined) return 'new';
  return messageCount >= MAX_QUEUED_MESSAGES ? 'full' : undefined;
}

function queueOptions(): Parameters<Channel['assertQueue']>[1] {
  return {
    durable: true,
    expires: QUEUE_EXPIRES_MS,
    maxLength: MAX_QUEUED_MESSAGES,
    arguments: { 'x-single-active-consumer': true, 'x-overflow': 'drop-head' },
  };
}

async function bind(channel: Channel, topology: AmqpTopology): Promise<void> {
  const { exchange, exchangeType, queue, bindings } = topology;
  switch (exchangeType) {
    case 'headers':
      for (const name of bindings.names) {
        await channel.bindQueue(queue, exchange, '', { 'x-match': 'all', name });
      }
      break;
    case 'topic':
      for (const key of bindings.routingKeys) await channel.bindQueue(queue, exchange, key);
      break;
  }
}

/**
 * Does `action` on a channel of its own, since the broker closes the channel when it refuses.
 * @returns the broker's answer; undefined when it refused with the code that is `tolerated`
 */
async function tryOnChannel<T>(
  connection: ChannelModel,
  action: (channel: Channel) => Promise<T>,
  tolerated: number,
): Promise<T | undefined> {
  const channel = await openChannel(connection);
  let answer: T;
  try {
    answer = await action(channel);
  } catch (error) {
    if (replyCode(error) === tolerated) return undefined;
    throw error;
  }
  await channel.close();
  return answer;
}

/** A channel whose errors reach the caller through its calls, and never the process. */
async function openChannel(connection: ChannelModel): Promise<Channel> {
  const channel = await connection.createChannel();
  channel.on('error', ignoreTwin);
  return channel;
}

/** amqplib reports a refusal twice: by rejecting the call, which is handled, and as an event. */
function ignoreTwin(): void {
  // The rejected call carries the same error.
}

function replyCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'number' ? error.code : undefined;
}
