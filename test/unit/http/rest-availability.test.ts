import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ids, type PersonName } from '../rte/fixtures/directory.js';
import { NOW, type RestHub, startRestHub } from './rest-fixture.js';

const ZERO_GUID = '00000000-0000-0000-0000-000000000000';
const OPEN_END = '9999-12-31T23:59:59.9999999Z';
const HOUR = 3_600_000;

let hub: RestHub;
let clock: number;
beforeEach(async () => {
  clock = NOW;
  hub = await startRestHub({ now: () => clock });
});
afterEach(() => hub.stop());

const entry = z.looseObject({ Id: z.guid() });

async function current(of: PersonName): Promise<unknown> {
  return (await hub.ask('adam', `/users/${ids[of]}/availability/current`)).json();
}

function set(who: PersonName, payload: object, of: PersonName | 'me' = 'me') {
  const id = of === 'me' ? of : ids[of];
  return hub.ask(who, `/users/${id}/availability`, { method: 'POST', payload });
}

/** What the bus was told of availabilities and the statuses that follow from them. */
function told(name: string): unknown[] {
  return hub.told.filter((event) => event.name === name).map(({ data }) => data);
}

describe('the current availability', () => {
  it('is Available of whom nothing is known', async () => {
    expect(await current('ann')).toEqual({
      Id: ZERO_GUID,
      UserID: ids.ann,
      EventTypeID: 1,
      Availability: 'Available',
      EventSource: '',
      Note: '',
      StartTime: '0001-01-01T00:00:00Z',
      EndTime: OPEN_END,
      TransferNumber: '',
    });
  });

  it('is what a telephony system says', async () => {
    const said = { availability: 'Away', note: 'Lunch', source: 'wazo-chatd' } as const;
    hub.tell({ kind: 'presence-changed', at: NOW - HOUR, userId: ids.ann, ...said });
    expect(await current('ann')).toMatchObject({
      Id: ZERO_GUID,
      EventTypeID: 6,
      Availability: 'Away',
      EventSource: 'wazo-chatd',
      Note: 'Lunch',
      StartTime: '2026-11-21T09:00:00.000Z',
    });
  });
});

describe('setting an availability', () => {
  it('as the vendor’s clients do is told as UserAvailability, and counts in UserStatus', async () => {
    const payload = { EventTypeID: 3, EventSource: 'my client', Note: 'Busy', UserID: ids.ann };
    const response = await set('ann', { ...payload, SomethingElse: 1 });
    expect(response.statusCode).toBe(200);
    const body = entry.parse(response.json());
    expect(body.Id).not.toBe(ZERO_GUID);
    expect(body).toEqual({
      Id: body.Id,
      UserID: ids.ann,
      EventTypeID: 3,
      Availability: 'DoNotDisturb',
      EventSource: 'my client',
      Note: 'Busy',
      StartTime: '2026-11-21T10:00:00.000Z',
      EndTime: OPEN_END,
      TransferNumber: '',
    });
    expect(await current('ann')).toEqual(body);
    expect(told('UserAvailability')).toMatchObject([
      { userId: ids.ann, availability: 'DoNotDisturb', note: 'Busy', eventSource: 'my client' },
    ]);
    expect(told('UserStatus')).toMatchObject([{ userId: ids.ann, available: false }]);
    const status = await hub.ask('bob', `/users/${ids.ann}/status`);
    expect(status.json()).toMatchObject({ Available: false });
  });

  it.each([
    ['a word', { Availability: 'OffWork' }, { EventTypeID: 4, EventSource: 'rte-hub', Note: '' }],
    ['both alike', { Availability: 'BRB', EventTypeID: 5 }, { Availability: 'BRB' }],
    ['nulls for the rest', { EventTypeID: 2, Note: null, EndTime: null }, { EndTime: OPEN_END }],
    ['an end', { EventTypeID: 2, EndTime: '2026-11-21T13:00:00+02:00' }, { EndTime: iso(HOUR) }],
    ['the open end', { EventTypeID: 2, EndTime: OPEN_END }, { EndTime: OPEN_END }],
    ['the user in capitals', { EventTypeID: 2, UserID: ids.ann.toUpperCase() }, { EventTypeID: 2 }],
    ['a beginning that was', { EventTypeID: 2, StartTime: iso(-HOUR) }, { StartTime: iso(0) }],
  ])('takes %s', async (_what, payload, expected) => {
    const response = await set('ann', payload);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject(expected);
  });

  it('wins over telephony systems until it is ended by its id', async () => {
    const { Id } = entry.parse((await set('ann', { EventTypeID: 6 })).json());
    const said = { availability: 'Busy', note: '', source: 'wazo-chatd' } as const;
    hub.tell({ kind: 'presence-changed', at: NOW, userId: ids.ann, ...said });
    expect(await current('ann')).toMatchObject({ Id, Availability: 'Away' });
    const url = `/users/me/availability/${Id.toUpperCase()}/`;
    const ended = await hub.ask('ann', url, { method: 'DELETE' });
    expect([ended.statusCode, ended.body]).toEqual([204, '']);
    expect(await current('ann')).toMatchObject({ Id: ZERO_GUID, Availability: 'Busy' });
    expect(told('UserAvailability')).toMatchObject([
      { availability: 'Away' },
      { availability: 'Busy' },
    ]);
    const again = await hub.ask('ann', url, { method: 'DELETE' });
    expect(again.statusCode).toBe(404);
  });

  it('that cannot be kept over a restart changes nothing', async () => {
    const full = await startRestHub({ keep: () => Promise.reject(new Error('ENOSPC')) });
    const request = { method: 'POST', payload: { EventTypeID: 3 } } as const;
    const response = await full.ask('ann', '/users/me/availability', request);
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('ENOSPC');
    const now = await full.ask('ann', '/users/me/availability/current');
    expect(now.json()).toMatchObject({ Availability: 'Available' });
    expect(full.told).toEqual([]);
    await full.stop();
  });

  it('until a time ends by itself then', async () => {
    await set('ann', { EventTypeID: 6, EndTime: iso(HOUR) });
    clock += HOUR - 1;
    hub.tell();
    expect(await current('ann')).toMatchObject({ Availability: 'Away' });
    clock += 1;
    hub.tell();
    expect(await current('ann')).toMatchObject({ Availability: 'Available' });
    expect(told('UserAvailability')).toMatchObject([
      { availability: 'Away', endTime: iso(HOUR) },
      { availability: 'Available', endTime: OPEN_END },
    ]);
  });

  it('names every wrong field and changes nothing', async () => {
    const response = await set('ann', {
      EventTypeID: 'three',
      Availability: 'Sleeping',
      Note: 'x'.repeat(501),
      EndTime: 'tomorrow',
      UserID: 7,
    });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      errors: [
        { field: 'EventTypeID', problem: 'give one of 1, 2, 3, 4, 5, 6 (given: "three")' },
        {
          field: 'Availability',
          problem:
            'give one of Available, Busy, DoNotDisturb, OffWork, BRB, Away (given: "Sleeping")',
        },
        { field: 'Note', problem: 'give 500 characters or less' },
        { field: 'UserID', problem: 'give a text (given: 7)' },
        {
          field: 'EndTime',
          problem: 'give an ISO 8601 time with Z or an offset (given: "tomorrow")',
        },
      ],
    });
    expect(hub.told).toEqual([]);
  });

  it.each([
    ['neither number nor word', {}, ['EventTypeID']],
    ['a number that there is not', { EventTypeID: 7 }, ['EventTypeID']],
    ['number and word that differ', { EventTypeID: 3, Availability: 'Away' }, ['Availability']],
    ['another user', { EventTypeID: 3, UserID: ids.bob }, ['UserID']],
    ['an end that was', { EventTypeID: 3, EndTime: iso(-1) }, ['EndTime']],
    ['a beginning to come', { EventTypeID: 3, StartTime: iso(HOUR) }, ['StartTime']],
    ['two of these', { EndTime: iso(-1) }, ['EventTypeID', 'EndTime']],
    ['a list', [], ['body']],
  ])('refuses %s', async (_what, payload, fields) => {
    const response = await set('ann', payload);
    expect(response.statusCode).toBe(400);
    const { errors } = z
      .object({ errors: z.array(z.object({ field: z.string() })) })
      .parse(response.json());
    expect(errors.map(({ field }) => field)).toEqual(fields);
  });

  it.each<[PersonName, PersonName, number]>([
    ['ann', 'ann', 200],
    ['adam', 'ann', 200],
    ['bob', 'ann', 403],
    ['sue', 'ann', 403],
    ['eve', 'ann', 404],
  ])('by %s for %s is %i', async (who, of, status) => {
    expect((await set(who, { EventTypeID: 3 }, of)).statusCode).toBe(status);
    expect(told('UserAvailability').length).toBe(status === 200 ? 1 : 0);
  });

  it('cannot be ended by others, nor can what a telephony system says', async () => {
    const { Id } = entry.parse((await set('ann', { EventTypeID: 3 })).json());
    const end = async (who: PersonName, id: string) =>
      (await hub.ask(who, `/users/${ids.ann}/availability/${id}`, { method: 'DELETE' })).statusCode;
    expect([await end('sue', Id), await end('eve', Id), await end('ann', ZERO_GUID)]).toEqual([
      403, 404, 404,
    ]);
    expect(await current('ann')).toMatchObject({ Id });
    expect(await end('adam', Id)).toBe(204);
    expect(hub.denied).toEqual(['change role', 'change organization']);
  });
});

function iso(fromNow: number): string {
  return new Date(NOW + fromNow).toISOString();
}
