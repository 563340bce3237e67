import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { StoreUnavailableError } from '../../../src/callbacks/index.js';
import { guidOf, ids, organizationId, type PersonName } from '../rte/fixtures/directory.js';
import { NOW, type RestHub, startRestHub } from './rest-fixture.js';

const LIST = `/calllists/${ids.salesList}/callbacks`;
const NUMBER = '+15550100001';

let hub: RestHub;
let clock: number;
beforeEach(async () => {
  clock = NOW;
  hub = await startRestHub({ now: () => clock });
});
afterEach(() => hub.stop());

const request = z.looseObject({ CallBackId: z.guid(), ContactNumber: z.string() });

function ask(who: PersonName, method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) {
  return hub.ask(who, url, { method, ...(payload === undefined ? {} : { payload }) });
}

/** Makes a request of a number; its path. */
async function made(payload: object = { ContactNumber: NUMBER }): Promise<string> {
  const response = await ask('ann', 'POST', LIST, payload);
  expect(response.statusCode).toBe(201);
  return `/callbacks/${request.parse(response.json()).CallBackId}`;
}

function change(who: PersonName, path: string, payload: object, ifMatch = '*') {
  return hub.ask(who, path, { method: 'PATCH', payload, headers: { 'if-match': ifMatch } });
}

/** What clients were told of requests. */
async function told(): Promise<readonly object[]> {
  await hub.settled();
  return hub.told.filter(({ name }) => name === 'CallbackChanged').map(({ data }) => data);
}

describe('GET /calllists', () => {
  it('has the lists that one may see', async () => {
    const { body, ...response } = await ask('ann', 'GET', '/calllists/');
    expect(response.statusCode).toBe(200);
    expect(JSON.parse(body)).toEqual([
      {
        Id: ids.salesList,
        Name: 'list',
        OrganizationID: organizationId,
        QueueIds: [ids.sales],
        Collect: [],
        DueAfterSeconds: null,
        ExpiresAfterSeconds: null,
      },
    ]);
    expect((await ask('adam', 'GET', '/calllists')).json()).toHaveLength(2);
    expect((await ask('carl', 'GET', '/calllists')).json()).toEqual([]);
  });
});

describe('making a request', () => {
  it('is a CallbackChanged, and gives what that tells', async () => {
    const payload = {
      ContactNumber: NUMBER,
      ContactName: 'Some One',
      Note: 'after lunch',
      DueDate: '2026-11-21T14:00:00+02:00',
      AssignedUserId: 'me',
      CalculatedPriority: 'high',
      CallbackExtras: [{ Name: 'contract', Value: '42' }],
    };
    const response = await ask('ann', 'POST', LIST, payload);
    expect(response.statusCode).toBe(201);
    const body = request.parse(response.json());
    expect(response.headers.location).toBe(`/callbacks/${body.CallBackId}`);
    expect(response.headers.etag).toBe('"1"');
    expect(body).toEqual({
      CallBackId: body.CallBackId,
      CallListId: ids.salesList,
      OrganizationId: organizationId,
      Modified: '2026-11-21T10:00:00.000Z',
      AssignedUserId: ids.ann,
      LastAttemptUserId: null,
      LastModifiedUserId: null,
      LastAttemptTypeId: null,
      ContactName: 'Some One',
      ContactNumber: NUMBER,
      ContactMessage: '',
      Note: 'after lunch',
      QueueId: null,
      ChannelIn: '',
      CreationTime: '2026-11-21T10:00:00.000Z',
      Created: false,
      IsClosed: false,
      RecordingId: null,
      TypeId: 3,
      DueDate: '2026-11-21T12:00:00.000Z',
      CallId: null,
      TranscriptId: null,
      ClassificationId: null,
      ExpiryDate: null,
      LastAttemptTimestamp: null,
      LastAttemptNote: null,
      CalculatedPriority: 'high',
      NotBefore: null,
      CallbackAttempts: null,
      CallbackExtras: [{ Name: 'contract', Value: '42' }],
      CallbackRelatedItems: null,
      Timestamp: '2026-11-21T10:00:00.000Z',
    });
    expect(await told()).toMatchObject([
      { callBackId: body.CallBackId, created: true, contactName: 'Some One' },
    ]);
    expect((await ask('sue', 'GET', `/callbacks/${body.CallBackId}`)).json()).toEqual(body);
  });

  it('of a number that waits already joins the two', async () => {
    const first = await made();
    const again = await ask('sue', 'POST', LIST, { ContactNumber: NUMBER });
    expect(again.statusCode).toBe(200);
    expect(again.headers.etag).toBe('"2"');
    expect(`/callbacks/${request.parse(again.json()).CallBackId}`).toBe(first);
    expect(again.json()).toMatchObject({
      CallbackRelatedItems: [{ CallListId: ids.salesList, Relation: 'repeated-request' }],
    });
  });

  it('names every wrong field, those of the form first, then those of the meaning', async () => {
    const form = await ask('ann', 'POST', LIST, { DueDate: 'soon', QueueId: 'x', Number: '1' });
    expect(form.json()).toMatchObject({
      errors: [
        { field: 'ContactNumber', problem: 'is missing: give a text' },
        { field: 'DueDate' },
        { field: 'QueueId', problem: 'give a guid (given: "x")' },
        { field: 'Number', problem: 'is unknown here' },
      ],
    });
    const meaning = await ask('ann', 'POST', LIST, {
      ContactNumber: 'nobody',
      AssignedUserId: ids.carl,
      DueDate: '2026-11-21T12:00:00Z',
      NotBefore: '2026-11-21T13:00:00Z',
      CalculatedPriority: 'x'.repeat(300),
      CallbackExtras: [{ Name: 'a', Value: '\0' }],
    });
    const { errors } = z
      .object({ errors: z.array(z.object({ field: z.string() })) })
      .parse(meaning.json());
    expect(errors.map(({ field }) => field)).toEqual([
      'ContactNumber',
      'CalculatedPriority',
      'CallbackExtras[0].Value',
      'AssignedUserId',
      'DueDate',
    ]);
    expect(await told()).toEqual([]);
  });
});

/** Numbers in the answer, and where the next page is. */
async function numbers(url: string): Promise<{ numbers: string[]; next: string | undefined }> {
  const response = await ask('ann', 'GET', url);
  expect([url, response.statusCode]).toEqual([url, 200]);
  const next = /^<(?<url>[^>]+)>; rel="next"$/u.exec(String(response.headers.link));
  return {
    numbers: z
      .array(request)
      .parse(response.json())
      .map(({ ContactNumber }) => ContactNumber),
    next: next?.groups?.['url'],
  };
}

describe('the requests of a list', () => {
  it('come in pages in the order of their creation, though they change meanwhile', async () => {
    const paths: string[] = [];
    for (const last of [1, 2, 3, 4, 5]) {
      clock += 1000;
      paths.push(await made({ ContactNumber: `+1${String(last)}` }));
    }
    const first = await numbers(`${LIST}?Limit=2&State=all`);
    expect(first.numbers).toEqual(['+11', '+12']);
    await change('ann', paths[0] ?? '', { Note: 'changed' });
    await ask('ann', 'POST', `${paths[2] ?? ''}/close`);
    const second = await numbers(first.next ?? '');
    expect(second.numbers).toEqual(['+13', '+14']);
    const third = await numbers(second.next ?? '');
    expect(third).toEqual({ numbers: ['+15'], next: undefined });
  });

  it.each([
    ['', ['+11', '+13']],
    ['?State=closed', ['+12']],
    ['?State=all', ['+11', '+12', '+13']],
    ['?AssignedUserId=me', ['+11']],
    [`?AssignedUserId=${ids.sue.toUpperCase()}`, ['+13']],
    ['?AssignedUserId=none&State=all', ['+12']],
    ['?DueBefore=2026-11-21T12:00:00.001Z', ['+13']],
    ['?duebefore=2026-11-21T12:00:00Z', []],
  ])('are filtered by %j', async (query, expected) => {
    await made({ ContactNumber: '+11', AssignedUserId: 'me' });
    const closed = await made({ ContactNumber: '+12' });
    await ask('ann', 'POST', `${closed}/close`);
    const dueDate = '2026-11-21T12:00:00Z';
    await made({ ContactNumber: '+13', AssignedUserId: ids.sue, DueDate: dueDate });
    expect((await numbers(`${LIST}${query}`)).numbers.toSorted()).toEqual(expected);
  });

  it.each(['Limit=501', 'Limit=0', 'Cursor=x', 'State=new', 'AssignedUserId=x', 'DueBefore=x'])(
    'are refused for %s',
    async (query) => {
      const response = await ask('ann', 'GET', `${LIST}?${query}`);
      expect(response.statusCode).toBe(400);
      const field = query.split('=')[0];
      expect(response.json()).toMatchObject({ errors: [{ field }] });
    },
  );
});

describe('work on a request', () => {
  it('changes what it names, for whom has seen the state before', async () => {
    const path = await made();
    expect((await hub.ask('ann', path, { method: 'PATCH', payload: {} })).statusCode).toBe(428);
    const changed = await change('sue', path, { Note: 'busy', AssignedUserId: ids.ann }, '"1"');
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    expect(changed.json()).toMatchObject({
      Note: 'busy',
      AssignedUserId: ids.ann,
      LastModifiedUserId: ids.sue,
    });
    const late = await change('ann', path, { Note: 'free' }, '"1"');
    expect([late.statusCode, late.headers.etag]).toEqual([412, '"2"']);
    expect((await change('ann', path, { Note: 'free' }, 'W/"2"')).statusCode).toBe(412);
    const back = await change('ann', path, { AssignedUserId: null }, '"2"');
    expect(back.json()).toMatchObject({ Note: 'busy', AssignedUserId: null });
    expect(await told()).toMatchObject([
      { created: true },
      { created: false, note: 'busy' },
      { assignedUserId: null },
    ]);
  });

  it('tells of attempts until one closes it, and opens it again', async () => {
    const path = await made();
    const tried = await ask('ann', 'POST', `${path}/attempts`, { TypeId: 2, Note: 'nobody there' });
    expect(tried.json()).toMatchObject({
      IsClosed: false,
      LastAttemptUserId: ids.ann,
      LastAttemptTypeId: 2,
      LastAttemptNote: 'nobody there',
      CallbackAttempts: [{ UserId: ids.ann, TypeId: 2, Note: 'nobody there' }],
    });
    const closing = { Attempt: { TypeId: 1, CallId: guidOf(7) }, ClassificationId: guidOf(8) };
    const closed = await ask('ann', 'POST', `${path}/close`, closing);
    expect(closed.json()).toMatchObject({
      IsClosed: true,
      ClassificationId: guidOf(8),
      LastAttemptTypeId: 1,
    });
    const late = await change('ann', path, { Note: 'x' });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain('reopen');
    const open = await ask('sue', 'POST', `${path}/reopen`);
    expect(open.json()).toMatchObject({ IsClosed: false, LastModifiedUserId: ids.sue });
    expect(await told()).toMatchObject([
      { isClosed: false },
      { lastAttemptTypeId: 2 },
      { isClosed: true },
      { isClosed: false },
    ]);
  });

  it('names the open request that stands in the way', async () => {
    const closed = await made();
    await ask('ann', 'POST', `${closed}/close`);
    const other = await made();
    const response = await ask('ann', 'POST', `${closed}/reopen`);
    expect(response.statusCode).toBe(409);
    expect(response.body).toContain(other);
  });

  it.each<[PersonName, number, number]>([
    ['ann', 200, 200],
    ['sue', 200, 200],
    ['adam', 200, 200],
    ['bob', 404, 404],
    ['carl', 404, 404],
    ['ken', 404, 404],
    ['eve', 404, 404],
  ])('is for who stands to the list so: %s %i %i', async (who, reading, writing) => {
    const path = await made();
    const statuses = async (): Promise<number[]> => [
      (await ask(who, 'GET', path)).statusCode,
      (await ask(who, 'GET', LIST)).statusCode,
      (await change(who, path, { Note: 'x' })).statusCode,
      (await ask(who, 'POST', `${path}/attempts`, { TypeId: 2 })).statusCode,
      (await ask(who, 'POST', LIST, { ContactNumber: NUMBER })).statusCode,
    ];
    expect(await statuses()).toEqual([reading, reading, writing, writing, writing]);
    const missing = await ask(who, 'GET', `/callbacks/${ids.nobody}`);
    expect(missing.statusCode).toBe(404);
    const version = writing === 200 ? '"4"' : '"1"';
    expect((await ask('adam', 'GET', path)).headers.etag).toBe(version);
  });

  it('is not for who came with access rules that keep it away', async () => {
    const acl = ['events.rte.calllists.#', '!events.rte.calllists.*.CallbackChanged'];
    const bound = await startRestHub({ terms: { access: { acl, me: ids.ann } } });
    const response = await bound.ask('ann', LIST, { method: 'POST', payload: {} });
    expect(response.statusCode).toBe(400);
    const whole = { method: 'POST', payload: { ContactNumber: NUMBER } } as const;
    expect((await bound.ask('ann', LIST, whole)).statusCode).toBe(404);
    expect(bound.denied).toEqual(['change acl']);
    await bound.stop();
  });

  it('waits while the store is away', async () => {
    const path = await made();
    hub.store.fault = new StoreUnavailableError('PostgreSQL says: password of rte-hub is wrong');
    const response = await ask('ann', 'GET', path);
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.body).not.toContain('PostgreSQL');
  });
});
