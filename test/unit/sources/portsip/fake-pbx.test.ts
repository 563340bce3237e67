import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { FakePbx } from '../../../support/fake-portsip/fake-pbx.js';
import { ManualTimers } from '../../../support/manual-timers.js';

/*
 * What the fake PBX promises to those who write tests with it. Its WSI is seen through the client's
 * tests.
 */

describe('the REST paths of the fake PBX', () => {
  it('give a token for a login, and refuse a wrong one in the form of the PBX', async () => {
    const { pbx } = await givenPbx();
    expect(await logIn(pbx)).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 1800 },
    });
    expect(await logIn(pbx, { password: 'guess' })).toEqual({
      status: 401,
      body: {
        errors: [{ code: 'UNAUTHORIZED', message: 'Login failed, authentication error' }],
      },
    });
  });

  it('take a token for half an hour, and a refresh token for a new one', async () => {
    const { pbx, timers } = await givenPbx();
    const { body } = await logIn(pbx);
    timers.advance(1_800_000);
    expect((await get(pbx, '/users', body)).status).toBe(401);
    const renewed = await logIn(pbx, {
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    });
    expect((await get(pbx, '/users', renewed.body)).status).toBe(200);
  });

  it('page, filter and count', async () => {
    const { pbx } = await givenPbx();
    const { body } = await logIn(pbx);
    expect((await get(pbx, '/users?top=2&skip=1', body)).body).toMatchObject({
      count: 4,
      items: [{ extension_number: '201' }, { extension_number: '202' }],
    });
    const filter = encodeURIComponent("extension_number eq '203'");
    expect((await get(pbx, `/users?filter=${filter}`, body)).body).toMatchObject({ count: 1 });
    expect((await get(pbx, '/users?filter=nonsense', body)).status).toBe(400);
  });

  it('show queues, agents, callers and calls as they are', async () => {
    const { pbx } = await givenPbx();
    const { body } = await logIn(pbx);
    const session = pbx.story().callerEnters('600', '33140506070', 'Ines');
    const id = pbx.tenant.queues.get('600')?.id ?? '';
    expect((await get(pbx, `/call_queues/${id}`, body)).body).toMatchObject({ wrap_up_time: 15 });
    expect((await get(pbx, `/call_queues/${id}/waiting`, body)).body).toMatchObject({
      items: [{ session_id: session, extension_number: '33140506070' }],
    });
    expect((await get(pbx, `/call_queues/${id}/agents/202`, body)).body).toMatchObject({
      status: 'READY',
    });
    expect((await get(pbx, '/sessions', body)).body).toMatchObject({ items: [{ id: session }] });
    expect((await get(pbx, '/call_queues/7', body)).status).toBe(404);
  });

  it('show an administrator the tenants only', async () => {
    const { pbx } = await givenPbx();
    const { body } = await logIn(pbx, { username: 'admin', password: 'admin-secret', domain: '' });
    expect((await get(pbx, '/tenants', body)).body).toMatchObject({ items: [{ name: 'Acme' }] });
    expect((await get(pbx, '/users', body)).status).toBe(403);
  });
});

const answerBody = z.record(z.string(), z.unknown());

interface Answer {
  readonly status: number | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

async function givenPbx() {
  const timers = new ManualTimers();
  const pbx = await FakePbx.start({ now: timers.now });
  onTestFinished(() => pbx.stop());
  return { pbx, timers };
}

function logIn(pbx: FakePbx, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: 'password',
    username: 'wilma',
    password: 'user-200',
    domain: 'acme.example',
    ...fields,
  });
  if (form.get('domain') === '') form.delete('domain');
  return ask(pbx, '/login/oauth/token', 'POST', {}, form.toString());
}

function get(pbx: FakePbx, path: string, login: Answer['body']): Promise<Answer> {
  return ask(pbx, path, 'GET', { authorization: `Bearer ${String(login['access_token'])}` });
}

/** Trusts the certificate of the PBX by name, which shows that it is a sound one. */
function ask(
  pbx: FakePbx,
  path: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method, headers: { ...headers }, ca: pbx.certificate, agent: false as const };
    const asking = request(`${pbx.apiUrl}${path}`, options, (response) => {
      json(response).then(
        (answer) => resolve({ status: response.statusCode, body: answerBody.parse(answer) }),
        reject,
      );
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
