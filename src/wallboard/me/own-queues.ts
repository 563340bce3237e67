import { signal, type ReadonlySignal } from '@preact/signals';
import type { ViewContext } from '../shell/view-context.js';
import { queuesAnswer } from './answers.js';
import { lastingReading } from './lasting-reading.js';

/** A queue that the user serves. */
export interface OwnQueue {
  readonly id: string;
  readonly name: string;
  readonly numbers: readonly string[];
}

/**
 * The queues that the user is a member of, undefined until they are read. Tells the client to
 * follow who arrives in them. They may be others after a while, and are read anew.
 */
export function followOwnQueues({
  client,
  rest,
}: Pick<ViewContext, 'client' | 'rest'>): ReadonlySignal<readonly OwnQueue[] | undefined> {
  const queues = signal<readonly OwnQueue[] | undefined>(undefined);
  // When that fails, what is missing are names of queues only; the page says that the hub is away.
  const reading = lastingReading(client, async () => {
    const answer = await rest.get('/queues?OnlyForUser=me', queuesAnswer);
    queues.value = answer.map(({ Id: id, Name: name, Numbers: numbers }) => ({
      id,
      name,
      numbers,
    }));
    void client.subscribe(
      answer.map(({ Id: entityId }) => ({ entityId, eventName: 'QueueCallInArrived' })),
    );
  });
  reading.request();
  return queues;
}
