import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTEMPT_TYPE, type CallbackRequest } from '../../../src/contact-center/index.js';
import type { CallbackStore } from '../../../src/callbacks/store/callback-store.js';
import { listId, people } from '../directory-fixture.js';
import { gaveUp, guidOf, list, NOW, secondList, ServiceUnderTest } from './fixture.js';
import { MemoryCallbackStore } from './memory-store.js';
import type { StoreUnderTest } from './store-contract.js';

/** Few numbers and times, so that things meet. */
const contact = fc.constantFrom('+1', '+2', '+3');
const step = fc.oneof(
  fc.record({ kind: fc.constant('unserved' as const), call: fc.nat(5), number: contact }),
  fc.record({ kind: fc.constant('answered' as const), number: contact }),
  fc.record({ kind: fc.constant('create' as const), number: contact }),
  fc.record({ kind: fc.constant('upkeep' as const) }),
  fc.record({
    kind: fc.constantFrom('note' as const, 'number' as const, 'attempt' as const),
    which: fc.nat(5),
    number: contact,
  }),
  fc.record({ kind: fc.constantFrom('close' as const, 'reopen' as const), which: fc.nat(5) }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const LISTS = [{ ...list, dueAfterSeconds: 2, expiresAfterSeconds: 4 }, secondList];
const WRITERS = 100;

/** What the service does over any store, as over the model. */
export function describeService(
  name: string,
  open: () => Promise<StoreUnderTest>,
  runs: number,
): void {
  describe(`the service over ${name}`, () => {
    it('does what it does over the model, whatever is asked of it', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const tested = await open();
          try {
            expect(await play(tested.store, steps)).toEqual(
              await play(new MemoryCallbackStore(), steps),
            );
          } finally {
            await tested.remove();
          }
        }),
        { numRuns: runs },
      );
    });

    it('joins what many writers do at once: one open request of a number in a list', async () => {
      const tested = await open();
      try {
        const { service, events, settled } = await started(tested.store);
        const calls = Array.from({ length: WRITERS }, (_, index) => ({
          ...gaveUp,
          callId: guidOf(1_000 + index),
          callerNumber: `+${String(index % 10)}`,
          at: NOW + index,
        }));
        await Promise.all(calls.map((call) => service.callerUnserved(call)));
        const { requests } = await service.list({ callListIds: [listId], limit: 500 });
        expect(requests).toHaveLength(10);
        expect(requests.map(({ relatedItems }) => relatedItems.length)).toEqual(
          Array.from({ length: 10 }, () => WRITERS / 10 - 1),
        );
        await settled();
        expect(versionsOf(events, listId)).toHaveLength(WRITERS);
      } finally {
        await tested.remove();
      }
    });
  });
}

async function started(store: CallbackStore) {
  const tested = new ServiceUnderTest(store, LISTS);
  await tested.service.open();
  return {
    tested,
    service: tested.service,
    events: tested.events,
    settled: () => tested.settled(),
  };
}

function versionsOf(
  events: readonly { readonly request: CallbackRequest }[],
  ofList: string,
): string[] {
  const told = events.filter(({ request }) => request.callListId === ofList);
  return [...new Set(told.map(({ request }) => `${request.id} ${String(request.version)}`))];
}

/** What came of the steps: the outcomes, the events in their order and what is kept, ids by order. */
async function play(store: CallbackStore, steps: readonly Step[]): Promise<unknown> {
  const { tested, service, events, settled } = await started(store);
  const outcomes: unknown[] = [];
  for (const one of steps) {
    tested.now += 1_000;
    outcomes.push(await take(tested, one));
    await settled();
  }
  const { requests } = await service.list({ callListIds: LISTS.map(({ id }) => id), limit: 500 });
  const told = events.map(({ request, created }) => ({ request, created }));
  await service.stop();
  return withNamedIds({ outcomes, told, requests });
}

async function take(tested: ServiceUnderTest<CallbackStore>, one: Step): Promise<unknown> {
  const { service, now } = tested;
  const target = 'which' in one ? await targetOf(tested, one.which) : undefined;
  switch (one.kind) {
    case 'unserved':
      return service.callerUnserved({
        ...gaveUp,
        at: now,
        callId: guidOf(100 + one.call),
        callerNumber: one.number,
      });
    case 'answered':
      return service.callerAnswered({ at: now, queueId: gaveUp.queueId, callerNumber: one.number });
    case 'create':
      return service.create({ callListId: listId, contactNumber: one.number }, people.ann);
    case 'upkeep':
      return service.runUpkeep();
    case 'note':
      return target && service.update(target, { note: String(now), assignedUserId: people.bob });
    case 'number':
      return target && service.update(target, { contactNumber: one.number });
    case 'attempt':
      return target && service.addAttempt(target, { typeId: ATTEMPT_TYPE.noAnswer });
    case 'close':
      return target && service.close(target, {});
    case 'reopen':
      return target && service.reopen(target);
  }
}

/** One of the requests there are, by its place; for its version of now. */
async function targetOf({ store }: ServiceUnderTest<CallbackStore>, which: number) {
  const { requests } = await store.list({ callListIds: [listId], limit: 10 });
  const found = requests[which];
  if (found === undefined) return undefined;
  return { id: found.id, expectedVersion: found.version, by: people.ann };
}

const ID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}/gu;

/** For JSON that does not depend on the order in which fields were set. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** New ids differ from run to run; that they are the same in each place does not. */
function withNamedIds(value: unknown): unknown {
  const names = new Map<string, string>();
  const text = JSON.stringify(value, inOrder).replaceAll(ID, (id) => {
    const named = names.get(id) ?? `id ${String(names.size)}`;
    names.set(id, named);
    return named;
  });
  return JSON.parse(text);
}
