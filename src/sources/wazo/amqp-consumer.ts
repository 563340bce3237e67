import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import type { SourceCondition, SourceLogger } from '../source.js';
import { assertTopology, type AmqpTopology } from './amqp-topology.js';
import { connectionProblem, connectionTrouble } from './connection-problem.js';

/** Messages that may be unacknowledged: a reorder window of the busiest burst fits in. */
const PREFETCH = 500;

/** A dead peer shows after two missed heartbeats. */
const HEARTBEAT_SECONDS = 10;

/** Back-off of reconnects; jitter keeps several hubs from coming at once. */
const RECOVERY = { initialDelay: 200, maxDelay: 5_000, factor: 2, jitter: 0.3 };

/** What the queue lacks when it is taken up. */
const GAPS = {
  new: 'the queue is new, events from before are not in it',
  full: 'the queue was full, its oldest events are lost',
} as const;

export interface AmqpConsumerOptions {
  /** amqp:// or amqps:// URL. */
  readonly url: string;
  readonly topology: AmqpTopology;
  readonly logger: SourceLogger;
  /** Takes a message; `done` acknowledges it. */
  onMessage(body: Uint8Array, done: () => void): void;
  /** Says that messages flow, or why they don't. */
  onCondition(condition: SourceCondition): void;
}

/**
 * Consumes the hub's queue for as long as it runs. amqplib's recovery brings back connections; a
 * channel that closes alone, a consumer that the broker cancels and a queue that is deleted are
 * turned into the same case by giving up the connection, so that all of them heal on one way.
 */
export async function consumeForever(
  options: AmqpConsumerOptions,
  signal: AbortSignal,
): Promise<void> {
  let consumer: Consumer | undefined;
  const connection = await connect(withHeartbeat(options.url), {
    recovery: {
      ...RECOVERY,
      waitForConnect: false,
      setup: async (model: ChannelModel) => {
        consumer = await startConsuming(model, options);
      },
    },
  });
  const down = (error: Error): void => {
    const detail = connectionProblem(options.url, error);
    options.onCondition({ state: 'down', trouble: connectionTrouble(error), detail });
  };
  connection.on('connect', () => {
    options.onCondition({ state: 'up' });
  });
  connection.on('connect-failed', down);
  connection.on('disconnect', down);
  // Every error is followed by the `disconnect` that tells it.
  connection.on('error', (error: Error) => {
    options.logger.debug({ error: error.message }, 'amqp connection error');
  });
  options.onCondition({ state: 'down', trouble: 'starting', detail: 'not connected yet' });
  await aborted(signal);
  await consumer?.close();
  await connection.close();
}

async function startConsuming(
  model: ChannelModel,
  options: AmqpConsumerOptions,
): Promise<Consumer> {
  // Without a listener an error during the set-up would end the process.
  model.on('error', (error: Error) => {
    options.logger.debug({ error: error.message }, 'amqp connection error');
  });
  const { foreignArguments, gap } = await assertTopology(model, options.topology);
  if (gap !== undefined) {
    const { queue } = options.topology;
    options.logger.warn({ queue }, GAPS[gap]);
  }
  if (foreignArguments) {
    options.logger.warn(
      { queue: options.topology.queue },
      'the queue exists with other arguments and is used as it is',
    );
  }
  const channel = await model.createChannel();
  const consumer = new Consumer(model, channel, options);
  await channel.prefetch(PREFETCH);
  await channel.consume(options.topology.queue, (message) => {
    consumer.take(message);
  });
  return consumer;
}

/** One channel's life: what it acknowledges after its end would be an error, and is left out. */
class Consumer {
  readonly #model: ChannelModel;
  readonly #channel: Channel;
  readonly #options: AmqpConsumerOptions;
  #open = true;
  #isClosing = false;

  constructor(model: ChannelModel, channel: Channel, options: AmqpConsumerOptions) {
    this.#model = model;
    this.#channel = channel;
    this.#options = options;
    channel.on('error', (error: Error) => {
      options.logger.warn({ error: error.message }, 'amqp channel closed by the broker');
    });
    channel.on('close', () => {
      this.#open = false;
      if (!this.#isClosing) this.#reconnect();
    });
    model.on('close', () => {
      this.#open = false;
    });
  }

  /** A null message means that the broker cancelled the consumer, as when the queue is deleted. */
  take(message: ConsumeMessage | null): void {
    if (message === null) {
      this.#options.logger.warn({ queue: this.#options.topology.queue }, 'amqp consumer cancelled');
      this.#reconnect();
      return;
    }
    // What comes while the channel closes can't be acknowledged, so it is the next consumer's.
    if (!this.#open) return;
    this.#options.onMessage(message.content, () => {
      if (this.#open) this.#channel.ack(message);
    });
  }

  /**
   * Takes no more messages; resolves when the broker has all acknowledgements. They travel on the
   * channel, which the end of the connection, told on another, may overtake.
   */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.#isClosing = true;
    try {
      await this.#channel.close();
    } catch (error) {
      // It was lost in the meantime, and its acknowledgements with it: the broker delivers again.
      this.#options.logger.debug({ error: String(error) }, 'amqp channel was closed before');
    }
  }

  #reconnect(): void {
    this.#open = false;
    this.#model.close().catch((error: unknown) => {
      // It is closing already, which is what was wanted.
      this.#options.logger.debug({ error: String(error) }, 'amqp connection was closed before');
    });
  }
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) {
    parsed.searchParams.set('heartbeat', String(HEARTBEAT_SECONDS));
  }
  return parsed.href;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
