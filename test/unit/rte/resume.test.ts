import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRteEvent } from '../../../src/rte/events/create-event.js';
import { defaultHistoryLimits } from '../../../src/rte/limits.js';
import {
  createDirectory,
  foreignOrganizationId,
  ids,
  organizationId,
} from './fixtures/directory.js';
import { FakeCaller } from './fixtures/fake-caller.js';
import { RteStage } from './fixtures/rte-stage.js';

let connections = 0;

/** Another connection of the person. */
function connectionOf(
  person: 'ann' | 'adam' | 'eve',
  query: Record<string, string> = {},
): FakeCaller {
  connections += 1;
  const caller = new FakeCaller(person, `connection ${connections}`);
  for (const [name, value] of Object.entries(query)) caller.query.set(name, value);
  return caller;
}

/** Ids of what arrived since this was asked last. */
function newsOf(caller: FakeCaller): unknown[] {
  return caller.received.splice(0).map(({ arguments: [{ data }] }) => data['id']);
}

function idsOf(...events: readonly { readonly data: { readonly id: string } }[]): string[] {
  return events.map(({ data }) => data.id);
}

/** A stage where a client of the person saw one event and lost its connection. */
async function cutOff(person: 'ann' | 'adam' = 'adam', stage = new RteStage()) {
  const first = connectionOf(person);
  stage.subscribe(first, ['*', '*']);
  const seen = stage.publish('UserAlert', ids.ann, { value: 'seen' });
  await stage.disconnect(first);
  return { stage, lastEventId: seen.data.id };
}

describe('a client that resumes', () => {
  it('gets ahead of the answer what it missed, in order, and then what comes', async () => {
    const { stage, lastEventId } = await cutOff();
    const missed = [1, 2, 3].map((n) => stage.publish('UserAlert', ids.ann, { value: String(n) }));
    const again = connectionOf('adam');
    const result = stage.resume(again, lastEventId, ['*', '*']);
    expect(newsOf(again)).toEqual(idsOf(...missed));
    expect(result).toMatchObject({ resumed: true, replayed: 3, expired: 0, reason: null });
    expect(result.results).toEqual([{ subscribed: true }]);
    const live = stage.publish('UserAlert', ids.bob);
    expect(newsOf(again)).toEqual(idsOf(live));
  });

  it('may subscribe first, if nothing of the same entities came meanwhile', async () => {
    const { stage, lastEventId } = await cutOff();
    const missed = stage.publish('UserAlert', ids.ann);
    const again = connectionOf('adam');
    stage.subscribe(again, [ids.ann, 'UserAlert'], [ids.bob, 'UserAlert']);
    const live = stage.publish('UserAlert', ids.bob);
    expect(stage.resume(again, lastEventId)).toMatchObject({ resumed: true, replayed: 1 });
    expect(newsOf(again)).toEqual(idsOf(live, missed));
  });

  it('that was sent later events of the same entity already is too late', async () => {
    const { stage, lastEventId } = await cutOff();
    stage.publish('UserAlert', ids.ann);
    const again = connectionOf('adam');
    stage.subscribe(again, [ids.ann, 'UserAlert']);
    const live = stage.publish('UserAlert', ids.ann);
    expect(stage.resume(again, lastEventId)).toMatchObject({ resumed: false, reason: 'too-late' });
    expect(newsOf(again)).toEqual(idsOf(live));
  });

  it('is not sent again what any of its subscriptions brought', async () => {
    const { stage, lastEventId } = await cutOff();
    const again = connectionOf('adam');
    stage.subscribe(again, [ids.ann, 'UserAlert']);
    const live = stage.publish('UserAlert', ids.ann);
    stage.subscribe(again, ['*', 'UserAlert']);
    expect(stage.resume(again, lastEventId)).toMatchObject({ resumed: true, replayed: 0 });
    expect(newsOf(again)).toEqual(idsOf(live));
  });

  it('gets of states only the newest, in its place, and none that it was sent already', async () => {
    const { stage, lastEventId } = await cutOff();
    stage.publish('UserStatus', ids.ann, { activeQueues: 1 });
    stage.publish('UserSetting', ids.ann, { keyword: 'dnd', value: 'on' });
    const alert = stage.publish('UserAlert', ids.ann);
    stage.publish('UserStatus', ids.bob, { activeQueues: 1 });
    const other = stage.publish('UserSetting', ids.ann, { keyword: 'other' });
    const status = stage.publish('UserStatus', ids.ann, { activeQueues: 2 });
    const setting = stage.publish('UserSetting', ids.ann, { keyword: 'dnd', value: 'off' });
    const again = connectionOf('adam');
    stage.subscribe(again, ['*', '*']);
    const live = stage.publish('UserStatus', ids.bob, { activeQueues: 2 });
    expect(stage.resume(again, lastEventId).replayed).toBe(4);
    expect(newsOf(again)).toEqual(idsOf(live, alert, other, status, setting));
  });

  it('gets of callback requests the newest change of each', async () => {
    const { stage, lastEventId } = await cutOff();
    const [one, two] = [ids.carl, ids.sue];
    stage.publish('CallbackChanged', ids.salesList, { callBackId: one });
    const second = stage.publish('CallbackChanged', ids.salesList, { callBackId: two });
    const first = stage.publish('CallbackChanged', ids.salesList, { callBackId: one });
    const again = connectionOf('adam');
    expect(stage.resume(again, lastEventId, ['*', '*']).replayed).toBe(2);
    expect(newsOf(again)).toEqual(idsOf(second, first));
  });

  it('gets states that hold however old, but no change that has expired, and is told how many', async () => {
    const { stage, lastEventId } = await cutOff();
    const status = stage.publish('QueueStatus', ids.sales);
    stage.publish('CallbackChanged', ids.salesList, { callBackId: ids.carl });
    stage.now += 120_000;
    const fresh = stage.publish('CallbackChanged', ids.salesList, { callBackId: ids.sue });
    const again = connectionOf('adam');
    const result = stage.resume(again, lastEventId, ['*', '*']);
    expect(result).toMatchObject({ resumed: true, replayed: 2, expired: 1 });
    expect(newsOf(again)).toEqual(idsOf(status, fresh));
  });

  it('gets only what it is subscribed to now', async () => {
    const { stage, lastEventId } = await cutOff();
    const [ann] = [ids.ann, ids.bob].map((id) => stage.publish('UserAlert', id));
    const again = connectionOf('adam');
    stage.resume(again, lastEventId, [ids.ann, 'UserAlert']);
    expect(newsOf(again)).toEqual(idsOf(...(ann ? [ann] : [])));
  });

  it('gets only what it may see now, and by each way once', async () => {
    const { stage, lastEventId } = await cutOff('ann');
    const own = stage.publish('UserAlert', ids.ann);
    stage.publish('UserAlert', ids.bob);
    stage.publish('UserAlert', ids.eve, {}, foreignOrganizationId);
    stage.publish('QueueCallInArrived', ids.sales);
    const directory = createDirectory();
    const queues = new Map(directory.queues);
    queues.delete(ids.sales);
    stage.directory.replace({ ...directory, queues });
    const again = connectionOf('ann');
    stage.resume(again, lastEventId, ['*', '*'], [ids.ann, 'UserAlert'], [ids.sales, '*']);
    expect(newsOf(again)).toEqual(idsOf(own));
  });

  it('goes on from the id of the answer, whatever was told before it', async () => {
    const { stage, lastEventId } = await cutOff();
    const again = connectionOf('adam');
    const { lastEventId: mark } = stage.resume(again, lastEventId, ['*', '*']);
    await stage.disconnect(again);
    const missed = stage.publish('UserAlert', ids.ann);
    const third = connectionOf('adam');
    const marks = stage.resume(third, mark, ['*', '*']);
    expect(marks.replayed).toBe(1);
    expect(newsOf(third)).toEqual(idsOf(missed));
    // Ids sort by their time.
    const inOrder = [lastEventId, mark, missed.data.id, marks.lastEventId].map(String);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('who has seen nothing yet gets an id to go on from', async () => {
    const stage = new RteStage();
    const first = connectionOf('adam');
    const { resumed, reason, lastEventId } = stage.resume(first, null, ['*', '*']);
    expect({ resumed, reason }).toEqual({ resumed: false, reason: 'nothing-to-resume' });
    await stage.disconnect(first);
    const missed = stage.publish('UserAlert', ids.ann);
    const again = connectionOf('adam');
    expect(stage.resume(again, lastEventId, ['*', '*']).resumed).toBe(true);
    expect(newsOf(again)).toEqual(idsOf(missed));
  });
});

describe('a client that asks for snapshots', () => {
  const wish = { snapshot: '1' };

  it('and resumes gets occurrences ahead of the answer and all states behind it', async () => {
    const { stage, lastEventId } = await cutOff();
    const old = stage.publish('UserStatus', ids.bob);
    const alert = stage.publish('UserAlert', ids.ann);
    const status = stage.publish('UserStatus', ids.ann);
    const again = connectionOf('adam', wish);
    expect(stage.resume(again, lastEventId, ['*', '*'])).toMatchObject({ replayed: 1 });
    expect(newsOf(again)).toEqual(idsOf(alert, status, old));
  });

  it('goes on from its newest id, also when it was told states without an event since', async () => {
    const stage: RteStage = new RteStage({
      currentState: ({ entityId, eventName }) =>
        entityId === ids.bob && eventName === 'UserStatus'
          ? createRteEvent('UserStatus', { organizationId, entityId, timestamp: stage.now }, {})
          : undefined,
    });
    const first = connectionOf('adam', wish);
    const { lastEventId } = stage.resume(first, null, ['*', '*']);
    const [told] = newsOf(first);
    await stage.disconnect(first);
    const missed = stage.publish('UserAlert', ids.ann);
    const newest = [String(told), String(lastEventId)].reduce((a, b) => (a > b ? a : b));
    const again = connectionOf('adam');
    expect(stage.resume(again, newest, ['*', '*']).resumed).toBe(true);
    expect(newsOf(again)).toEqual(idsOf(missed));
  });

  it("and can't resume gets the states of all that it is subscribed to", () => {
    const stage = new RteStage();
    const again = connectionOf('adam', wish);
    stage.subscribe(again, [ids.ann, 'UserStatus']);
    const status = stage.publish('UserStatus', ids.ann);
    const queue = stage.publish('QueueStatus', ids.sales);
    newsOf(again);
    expect(stage.resume(again, ids.nobody, [ids.sales, '*']).resumed).toBe(false);
    expect(newsOf(again)).toEqual(idsOf(status, queue));
  });
});

describe('who asks to resume in vain', () => {
  it.each([['nonsense'], [42], [ids.nobody], ['019d0000-0000-7000-8000-000000000000'], [{}]])(
    'from %s, which is no event, is told so',
    async (given) => {
      const { stage } = await cutOff();
      const again = connectionOf('adam');
      const result = stage.resume(again, given, ['*', '*']);
      expect(result).toMatchObject({ resumed: false, replayed: 0, reason: 'unknown' });
      expect(again.received).toEqual([]);
    },
  );

  it("learns nothing of another organization's events", async () => {
    const { stage } = await cutOff();
    const eve = connectionOf('eve');
    stage.subscribe(eve, ['*', '*']);
    const theirs = stage.publish('UserAlert', ids.eve, {}, foreignOrganizationId);
    expect(stage.resume(connectionOf('adam'), theirs.data.id).reason).toBe('unknown');
  });

  it.each([
    ['resumed', (stage: RteStage, caller: FakeCaller, id: string) => stage.resume(caller, id)],
    [
      'unsubscribed',
      (stage: RteStage, caller: FakeCaller) => stage.call(caller, 'Unsubscribe', []),
    ],
    [
      'unsubscribed from all',
      (stage: RteStage, caller: FakeCaller) => stage.call(caller, 'UnsubscribeAll'),
    ],
  ])('after it has %s is too late', async (_what, act) => {
    const { stage, lastEventId } = await cutOff();
    const again = connectionOf('adam');
    act(stage, again, lastEventId);
    expect(stage.resume(again, lastEventId, ['*', '*']).reason).toBe('too-late');
    expect(stage.parts.sizes()).toMatchObject({ settledConnections: 1 });
    await stage.disconnect(again);
    expect(stage.parts.sizes()).toMatchObject({ settledConnections: 0 });
  });

  it('is too old when an event that it missed is gone, and only then', async () => {
    const { stage, lastEventId } = await cutOff();
    stage.publish('UserAlert', ids.ann);
    stage.publish('UserStatus', ids.bob);
    stage.now += defaultHistoryLimits.eventAgeMs;
    const alert = stage.publish('UserAlert', ids.carl);
    const all = connectionOf('adam');
    expect(stage.resume(all, lastEventId, ['*', '*']).reason).toBe('too-old');
    // What is gone was not for these; of a state the last is known.
    const some = connectionOf('adam');
    const result = stage.resume(some, lastEventId, [ids.carl, 'UserAlert'], ['*', 'UserStatus']);
    expect(result).toMatchObject({ resumed: true, replayed: 2 });
    expect(some.received.at(-1)?.arguments[0].data['id']).toBe(alert.data.id);
  });

  it('is told when it would be too much at once', async () => {
    const { stage, lastEventId } = await cutOff();
    const conditionName = 'x'.repeat(60_000);
    for (let count = 0; count < 9; count += 1) {
      stage.publish('UserAlert', ids.ann, { conditionName });
    }
    const again = connectionOf('adam');
    expect(stage.resume(again, lastEventId, ['*', '*']).reason).toBe('too-much');
    expect(again.received).toEqual([]);
  });
});

describe('a client that always resumes, whatever happens,', () => {
  const people = [ids.ann, ids.bob];
  const step = oneof(
    {
      weight: 4,
      arbitrary: record({ kind: constant('occur' as const), who: constantFrom(...people) }),
    },
    {
      weight: 4,
      arbitrary: record({ kind: constant('state' as const), who: constantFrom(...people) }),
    },
    {
      weight: 2,
      arbitrary: record({
        kind: constant('reconnect' as const),
        /** Messages that the client did not read any more. */
        lost: nat(3),
        /** Subscribes first, and so many events come before it resumes. */
        early: oneof(constant(undefined), nat(2)),
        shape: constantFrom('wide', 'exact', 'mixed'),
        snapshot: boolean(),
      }),
    },
    { weight: 1, arbitrary: record({ kind: constant('wait' as const) }) },
  );
  const shapes: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
    wide: [['*', '*']],
    exact: people.flatMap((id) => [
      [id, 'UserAlert'],
      [id, 'UserStatus'],
    ]),
    mixed: [
      [ids.ann, 'User*'],
      ['*', 'UserStatus'],
      ['*', 'UserA*'],
      [ids.ann, 'UserStatus'],
    ],
  };
  // Small enough to be reached.
  const historyLimits = {
    ...defaultHistoryLimits,
    bytesPerOrganization: 6_000,
    idsPerOrganization: 40,
  };

  /** The server's truth, and what the client knows of it. */
  class History {
    readonly stage = new RteStage({ historyLimits });
    readonly happened = new Map<string, number[]>(people.map((id) => [id, []]));
    readonly states = new Map<string, number>();
    readonly seen = new Map<string, number[]>(people.map((id) => [id, []]));
    readonly seenStates = new Map<string, number>();
    /** What happened to each before the client could know. */
    readonly before = new Map<string, number>();
    caller = connectionOf('adam');
    lastId: string | null = null;
    #count = 0;
    resumptions = 0;

    occur(who: string): void {
      this.#count += 1;
      this.happened.get(who)?.push(this.#count);
      this.stage.publish('UserAlert', who, { value: String(this.#count) });
    }

    change(who: string): void {
      this.#count += 1;
      this.states.set(who, this.#count);
      this.stage.publish('UserStatus', who, { activeQueues: this.#count });
    }

    /** The client reads what was sent to it. */
    read(lost = 0): void {
      const { received } = this.caller;
      for (const {
        arguments: [{ data }],
      } of received.splice(0, received.length - lost)) {
        const [who, id] = [String(data['entityId']), String(data['id'])];
        if (this.lastId === null || id > this.lastId) this.lastId = id;
        if (data['eventType'] === 'UserAlert') this.seen.get(who)?.push(Number(data['value']));
        else this.seenStates.set(who, Number(data['activeQueues']));
      }
      received.length = 0;
    }

    /** All before now is lost to the client: it begins anew. */
    beginAnew(): void {
      for (const who of people) {
        this.before.set(who, this.happened.get(who)?.length ?? 0);
        this.seen.set(who, []);
      }
    }

    /** What the client knows, and what it should. */
    compared(): { readonly known: unknown; readonly expected: unknown } {
      return {
        known: people.map((who) => [[...(this.seen.get(who) ?? [])], this.seenStates.get(who)]),
        expected: people.map((who) => [
          this.happened.get(who)?.slice(this.before.get(who)),
          this.states.get(who),
        ]),
      };
    }
  }

  it('ends with the state of the server, and has seen everything once and in order', async () => {
    let resumptions = 0;
    await assert(
      asyncProperty(array(step, { maxLength: 40 }), async (steps) => {
        const history = new History();
        const comparisons: ReturnType<History['compared']>[] = [];
        const { stage } = history;
        history.lastId = stage.resume(history.caller, null, ['*', '*']).lastEventId;
        for (const one of steps) {
          if (one.kind === 'occur') history.occur(one.who);
          else if (one.kind === 'state') history.change(one.who);
          else if (one.kind === 'wait') stage.now += 60_000;
          else {
            history.read(one.lost);
            await stage.disconnect(history.caller);
            // Something happens while nobody is there.
            history.occur(ids.ann);
            history.change(ids.bob);
            history.caller = connectionOf('adam', one.snapshot ? { snapshot: '1' } : {});
            const pairs = shapes[one.shape] ?? [];
            const { early } = one;
            if (early !== undefined) stage.subscribe(history.caller, ...pairs);
            for (let count = 0; count < (early ?? 0); count += 1) history.occur(ids.bob);
            const result = stage.resume(
              history.caller,
              history.lastId,
              ...(early === undefined ? pairs : []),
            );
            if (result.resumed) {
              resumptions += 1;
              history.read();
            } else {
              // The client looks at the whole state elsewhere, as over REST.
              history.read();
              history.beginAnew();
              for (const [who, state] of history.states) history.seenStates.set(who, state);
            }
            const { lastId } = history;
            if (lastId === null || (result.lastEventId ?? '') > lastId)
              history.lastId = result.lastEventId;
            comparisons.push(history.compared());
          }
        }
        history.read();
        comparisons.push(history.compared());
        for (const { known, expected } of comparisons) expect(known).toEqual(expected);
        stage.parts.stop();
      }),
      { numRuns: 150 },
    );
    // How many do succeed is up to chance, but not whether.
    expect(resumptions).toBeGreaterThan(20);
  });
});
