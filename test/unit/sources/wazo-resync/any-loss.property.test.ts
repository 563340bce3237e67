import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ContactCenter } from '../../../../src/contact-center/index.js';
import { people, queueIds } from '../../../support/directory-fixture.js';
import { randomFrom } from '../../../support/shuffle.js';
import type { BusEvent } from '../../../support/wazo-bus.js';
import { IngestUnderTest } from '../ingest-fixture.js';
import { type ActionName, actionNames, ModelWazo } from './model-wazo.js';
import { ResyncUnderTest, SECOND } from './resync-fixture.js';

/** What happens, and how the bus tells it: parts from 0 to 1 of the messages. */
interface History {
  readonly actions: readonly { readonly name: ActionName; readonly pick: number }[];
  readonly lost: number;
  readonly twice: number;
  readonly seed: number;
}

const histories: fc.Arbitrary<History> = fc.record({
  actions: fc.array(
    fc.record({ name: fc.constantFrom(...actionNames), pick: fc.nat({ max: 12 }) }),
    { maxLength: 40, size: 'max' },
  ),
  lost: fc.constantFrom(0, 0.1, 0.5, 0.9),
  twice: fc.constantFrom(0, 0.3),
  seed: fc.nat(),
});

afterEach(() => {
  vi.useRealTimers();
});

/** Plays the history to a hub that misses a part of it, and reads what the services say in the end. */
async function play({ actions, lost, twice, seed }: History) {
  const random = randomFrom(seed);
  const under = new ResyncUnderTest();
  const hub = new IngestUnderTest();
  const model = new ModelWazo();
  const tell = (events: readonly BusEvent[]): void => {
    const bodies = events.filter(() => random() >= lost).map((event) => hub.encode(event));
    for (const body of bodies) {
      hub.deliverBody(body);
      if (random() < twice) hub.deliverBody(body);
    }
    vi.advanceTimersByTime(5 * SECOND);
    hub.center.tick(Date.now());
  };
  tell(model.begin());
  for (const { name, pick } of actions) tell(model.act(name, pick));
  model.answer(under.wazo.state);
  await under.start();
  const fresh = new ContactCenter();
  for (const event of under.told) {
    hub.center.apply(event);
    fresh.apply(event);
  }
  const now = Date.now() + 3 * SECOND;
  for (const center of [hub.center, fresh]) center.tick(now);
  await under.stop();
  return { hub: stateOf(hub.center, now), fresh: stateOf(fresh, now), truth: model.counts() };
}

/** Times are as precise as who told them. */
function stateOf(center: ContactCenter, now: number) {
  return {
    users: Object.values(people).map((userId) => {
      const { wrapUpStart, wrapUpEnd, ...status } = center.userStatus(userId, now);
      const wrapsUp = wrapUpStart !== null && wrapUpEnd !== null;
      return { ...status, talkingStatusChanged: undefined, wrapsUp };
    }),
    queues: Object.values(queueIds).map((queueId) => ({
      ...center.queueStatus(queueId, now),
      maxWaitTime: undefined,
    })),
  };
}

describe('any history on the bus, whatever of it gets lost or comes twice', () => {
  it('ends after a resynchronisation in what the services of Wazo say, and what is so', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const { hub, fresh, truth } = await play(history);
        expect(hub).toEqual(fresh);
        const [sales] = hub.queues;
        expect({
          queuing: sales?.queuingRequesters,
          allocated: sales?.allocated,
          connected: sales?.connected,
        }).toEqual(truth);
      }),
      { numRuns: 40 },
    );
  });
});
