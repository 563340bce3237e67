import { connect } from 'amqplib';
import { vi } from 'vitest';

/** What the broker says of a queue: messages that nobody holds, and who reads it. */
interface QueueState {
  readonly messageCount: number;
  readonly consumerCount: number;
}

/**
 * Asks the broker about a queue.
 * @throws when the queue does not exist
 */
export async function queueState(url: string, queue: string): Promise<QueueState> {
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    // The refusal also comes as the rejection of the call.
    channel.on('error', () => undefined);
    return await channel.checkQueue(queue);
  } finally {
    await connection.close();
  }
}

/** Resolves when one consumer reads the queue, which may have to be made first. */
export async function untilConsumed(url: string, queue: string): Promise<void> {
  await untilQueueHas(url, queue, { consumerCount: 1 });
}

/** Resolves when the broker says this of the queue. */
export async function untilQueueHas(
  url: string,
  queue: string,
  wanted: Partial<QueueState>,
): Promise<void> {
  await vi.waitFor(
    async () => {
      const state = await queueState(url, queue);
      const { messageCount = state.messageCount, consumerCount = state.consumerCount } = wanted;
      if (state.messageCount !== messageCount || state.consumerCount !== consumerCount) {
        throw new Error(`the queue has ${JSON.stringify(state)}`);
      }
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** Makes a durable queue as an operator may have done, without the hub's arguments. */
export async function declarePlainQueue(url: string, queue: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  await channel.assertQueue(queue, { durable: true });
  await connection.close();
}
