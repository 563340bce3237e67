import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { guidOf, ids, organizationId, type PersonName } from '../rte/fixtures/directory.js';
import { NOW, type RestHub, startRestHub } from './rest-fixture.js';

let hub: RestHub;
beforeEach(async () => {
  hub = await startRestHub();
});
afterEach(() => hub.stop());

const list = z.array(z.object({ Id: z.string() }));

async function idsFor(who: PersonName, url: string): Promise<string[]> {
  return list.parse((await hub.ask(who, url)).json()).map(({ Id }) => Id);
}

/** Ann waits in Sales for a call, and a caller waits in it, too. */
function someoneWaits(): void {
  const queueId = ids.sales;
  const member = { memberId: 'ann', userIds: [ids.ann] };
  const facts = { device: 'idle', paused: false } as const;
  const caller = { callerNumber: '+1', callerName: '', targetNumber: '1' };
  hub.tell(
    { kind: 'queue-member-added', at: NOW, queueId, member, facts },
    { kind: 'queue-call-joined', at: NOW, queueId, legId: '1', callId: guidOf(5), ...caller },
  );
}

const counters = {
  OpenStatus: 6,
  MaxWaitTime: 0,
  QueueLength: 1,
  OngoingCalls: 0,
  AgentsOnWrapUp: 0,
  FreeAgents: 1,
  ServingAgents: 1,
};

describe('GET /queues', () => {
  it('has the queues that one may see, with the counters now', async () => {
    someoneWaits();
    const response = await hub.ask('ann', '/queues');
    expect(response.json()).toEqual([
      { Id: ids.sales, Name: 'queue', Numbers: ['1'], TypeId: 4, Status: counters },
    ]);
  });

  it.each<[PersonName, string, string[]]>([
    ['adam', '/queues', [ids.sales, ids.support]],
    ['sue', '/queues', [ids.sales]],
    ['carl', '/queues', []],
    ['adam', `/queues/?OnlyForUser=${ids.ann}`, [ids.sales]],
    ['adam', '/queues/?onlyforuser=me', []],
    ['ann', '/queues?OnlyForUser=ME', [ids.sales]],
    // What both may see: Ann does not see Bob's queue.
    ['ann', `/queues?OnlyForUser=${ids.bob}`, []],
    ['adam', `/queues?OnlyForUser=${ids.eve}`, []],
    ['adam', `/queues?OnlyForUser=${ids.nobody}`, []],
    ['adam', `/queues?Limit=1&Cursor=${ids.sales}`, [ids.support]],
  ])('for %s at %s has %j', async (who, url, expected) => {
    expect(await idsFor(who, url)).toEqual(expected);
  });

  it('keeps the filter from page to page', async () => {
    const { headers } = await hub.ask('adam', `/queues?Limit=1`);
    expect(headers.link).toBe(`</queues?Limit=1&Cursor=${ids.sales}>; rel="next"`);
    const last = await hub.ask('adam', `/queues?Limit=1&OnlyForUser=${ids.ann}`);
    expect(last.headers.link).toBeUndefined();
  });
});

describe('GET /queues/{id}', () => {
  it('is the queue', async () => {
    const response = await hub.ask('sue', `/queues/${ids.sales}/`);
    expect(response.json()).toMatchObject({ Id: ids.sales, Status: { QueueLength: 0 } });
  });

  it('has no status for who came with access rules that do not have QueueStatus', async () => {
    const acl = ['events.rte.queues.*.QueueCallInComing'];
    const bound = await startRestHub({ terms: { access: { acl, me: ids.ann } } });
    const queue = await bound.ask('ann', `/queues/${ids.sales}`);
    expect(queue.json()).toMatchObject({ Id: ids.sales, Status: null });
    expect((await bound.ask('ann', `/queues/${ids.sales}/status`)).statusCode).toBe(404);
    expect((await bound.ask('ann', '/users')).json()).toEqual([]);
    await bound.stop();
  });

  it('follows the directory in force', async () => {
    const url = `/queues/${ids.sales}`;
    const { current } = hub.directory;
    const queues = new Map(current.queues);
    queues.delete(ids.sales);
    hub.directory.replace({ ...current, queues });
    expect((await hub.ask('adam', url)).statusCode).toBe(404);
    hub.directory.replace(current);
    expect((await hub.ask('adam', url)).statusCode).toBe(200);
  });
});

it('GET /queues/{id}/status has the fields of QueueStatus', async () => {
  someoneWaits();
  const response = await hub.ask('ann', `/queues/${ids.sales}/status`);
  expect(response.json()).toEqual({
    QueueId: ids.sales,
    OrganizationId: organizationId,
    QueueName: 'queue',
    NbrOfProviders: 1,
    NbrOfRequesters: 1,
    NbrOfServingAgentsEstimate: 1,
    NbrOfAllocated: 0,
    NbrOfConnected: 0,
    NbrOfQueuingRequesters: 1,
    NbrOfNotServedRequesters: 1,
    NbrOfAgentsLongTermAway: 0,
    NbrOfAgentsShortTermAway: 0,
    NbrOfAgentsImmediatelyFree: 1,
    NbrOfAgentsCheckedInQueue: 1,
    NbrOfAgentsOnWrapUp: 0,
    NbrOfAgentsOnFetchMode: 0,
    MaxWaitTime: 0,
    OpenStatus: 6,
    Timestamp: '2026-11-21T10:00:00.000Z',
  });
});

const gaps = (count: number): null[] => Array.from({ length: count }, () => null);

describe('the last hour of queues', () => {
  const minute = NOW / 60_000;
  /** Two minutes of Sales before the start, and a gap between them. */
  const kept = {
    queueId: ids.sales,
    organizationId,
    newest: minute - 1,
    minutes: [{ waiting: 2, longestWait: 40 }, null, { waiting: 0, longestWait: 0 }],
  };
  const sales = {
    QueueId: ids.sales,
    From: '2026-11-21T09:01:00.000Z',
    StepSeconds: 60,
    NbrOfNotServedRequesters: [...gaps(56), 2, null, 0, null],
    MaxWaitTime: [...gaps(56), 40, null, 0, null],
  };
  const support = {
    ...sales,
    QueueId: ids.support,
    NbrOfNotServedRequesters: gaps(60),
    MaxWaitTime: gaps(60),
  };

  beforeEach(async () => {
    await hub.stop();
    hub = await startRestHub({ hours: [kept] });
  });

  it('of one are read by its id', async () => {
    expect((await hub.ask('ann', `/queues/${ids.sales}/history/`)).json()).toEqual(sales);
    expect((await hub.ask('ann', `/queues/${ids.support}/history`)).statusCode).toBe(404);
    expect(hub.denied).toEqual(['read role']);
  });

  it('of all that one may see are read at once, or page by page', async () => {
    expect((await hub.ask('adam', '/queues/history')).json()).toEqual([sales, support]);
    expect((await hub.ask('ann', '/queues/history')).json()).toEqual([sales]);
    expect((await hub.ask('carl', '/queues/history')).json()).toEqual([]);
    expect(hub.denied).toEqual([]);
    const first = await hub.ask('adam', '/queues/history?Limit=1');
    expect(first.json()).toEqual([sales]);
    const next = `/queues/history?Limit=1&Cursor=${ids.sales}`;
    expect(first.headers.link).toBe(`<${next}>; rel="next"`);
    expect((await hub.ask('adam', next)).json()).toEqual([support]);
  });

  it('are closed by access rules that do not have QueueStatus', async () => {
    const acl = ['events.rte.queues.*.QueueCallInComing'];
    const bound = await startRestHub({ terms: { access: { acl, me: ids.ann } }, hours: [kept] });
    expect((await bound.ask('ann', `/queues/${ids.sales}/history`)).statusCode).toBe(404);
    expect((await bound.ask('ann', '/queues/history')).json()).toEqual([]);
    await bound.stop();
  });
});
