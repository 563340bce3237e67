import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RteClient, RteEventData } from '../../../src/client/index.js';
import { FakeHub } from './fake-hub.js';

const ID = '00000000-0000-7000-8000-000000000001';

afterEach(() => {
  vi.restoreAllMocks();
});

async function connected(options: Parameters<FakeHub['client']>[0] = {}) {
  const hub = new FakeHub();
  const client = hub.client(options);
  await client.start();
  return { hub, client };
}

describe('handlers', () => {
  it('get the events of their name, with the subscription, until they are taken away', async () => {
    const { hub, client } = await connected();
    const told: unknown[] = [];
    const stop = client.on(
      'QueueStatus',
      ({ queueName, nbrOfQueuingRequesters }, { allEntities }) =>
        told.push([queueName, nbrOfQueuingRequesters, allEntities]),
    );
    client.onAny((data) => told.push(data.eventType));
    hub.link.send('UserStatus', ID);
    hub.link.send('QueueStatus', ID, { queueName: 'Sales', nbrOfQueuingRequesters: 3 });
    stop();
    hub.link.send('QueueStatus', ID);
    expect(told).toEqual(['UserStatus', ['Sales', 3, true], 'QueueStatus', 'QueueStatus']);
    await client.stop();
  });

  it('know the two spellings of a name for one', async () => {
    const { hub, client } = await connected();
    const told: string[] = [];
    client.on('UserCallInComing', (data) => told.push(data.id));
    hub.link.send('UserCallIncoming', ID);
    expect(told).toEqual([ID]);
    await client.stop();
  });

  it('that throw, or whose promise rejects, keep none of the others', async () => {
    const errors: unknown[] = [];
    const { hub, client } = await connected({ onError: (error) => errors.push(error) });
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    const told: string[] = [];
    client.on('UserStatus', () => {
      throw thrown;
    });
    client.on('UserStatus', () => Promise.reject(rejected));
    client.on('UserStatus', (data) => told.push(data.id));
    hub.link.send('UserStatus', ID);
    hub.link.send('UserStatus', ID);
    expect(told).toEqual([ID, ID]);
    await client.stop();
    expect(errors).toEqual([thrown, thrown, rejected, rejected]);
  });

  it('are reported to the console unless told otherwise', async () => {
    const report = vi.spyOn(console, 'error').mockReturnValue();
    const { hub, client } = await connected();
    const error = new Error('thrown');
    client.on('UserStatus', () => {
      throw error;
    });
    hub.link.send('UserStatus', ID);
    expect(report).toHaveBeenCalledExactlyOnceWith(expect.any(String), error);
    await client.stop();
  });

  it.each([
    ['nothing', undefined],
    ['text', 'QueueStatus'],
    ['a list', []],
    ['no data', { subscription: {} }],
    ['data without the name of an event', { subscription: {}, data: { id: ID, timestamp: '' } }],
    ['no subscription', { data: { eventType: 'QueueStatus', id: ID, timestamp: '' } }],
  ])('are spared what is no message of an event: %s', async (_case, message) => {
    const { hub, client } = await connected();
    const told: unknown[] = [];
    client.onAny((data) => told.push(data));
    hub.link.options.onMessage(message);
    expect(told).toEqual([]);
    await client.stop();
  });
});

// Never called: the compiler is what tests these.
export function types(client: RteClient): void {
  client.on('QueueStatus', (data) => data.nbrOfQueuingRequesters satisfies number);
  client.on('SourceStatus', (data) => data.state satisfies 'up' | 'stale' | 'down');
  client.on('UserCallInComing', async (data) => Promise.resolve(data.callId));
  client.onAny((data) => {
    if (data.eventType === 'CallbackChanged')
      data.callbackAttempts?.at(0)?.typeId satisfies unknown;
    // @ts-expect-error only some events have it
    data.nbrOfQueuingRequesters satisfies unknown;
  });
  // @ts-expect-error there is no such event
  client.on('QueueStatuses', () => undefined);
  // @ts-expect-error the event has no such field
  client.on('UserStatus', (data) => data.nbrOfQueuingRequesters);
  // @ts-expect-error another event's data
  client.on('UserStatus', (data: RteEventData<'QueueStatus'>) => data);
  // @ts-expect-error both are needed
  void client.subscribe([{ entityId: '*' }]);
  const { status } = client;
  if (status.state === 'reconnecting') status.nextAttemptAt satisfies number;
  // @ts-expect-error only while it reconnects
  status.nextAttemptAt satisfies number;
}
