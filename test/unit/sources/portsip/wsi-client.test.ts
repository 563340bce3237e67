import { describe, expect, it } from 'vitest';
import type { WsiCredentials } from '../../../../src/sources/portsip/client/credentials.js';
import type {
  OpenSocket,
  SocketListener,
} from '../../../../src/sources/portsip/client/wsi-socket.js';
import { fakeExtension } from '../../../support/fake-portsip/model.js';
import type { FakePbx } from '../../../support/fake-portsip/fake-pbx.js';
import { ClientUnderTest, givenPbx } from './client-fixture.js';

const TENANT_TOPICS = [
  'extension_management_events',
  'queue_management_events',
  'cdr_events',
  'extension_events',
  'queue_events',
];

describe('logging in and subscribing', () => {
  it.each<[string, WsiCredentials, object]>([
    [
      'a user by name',
      { kind: 'user', username: 'wilma', password: 'user-200', domain: 'acme.example' },
      { username: 'wilma', password: 'user-200', domain: 'acme.example' },
    ],
    [
      'an extension by number, with its SIP password',
      { kind: 'extension', extensionNumber: '200', password: 'sip-200', domain: 'acme.example' },
      { extension_number: '200', password: 'sip-200', domain: 'acme.example' },
    ],
  ])('%s', async (_case, credentials, fields) => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx, { credentials });
    await hub.until(() => hub.status?.up === true);
    const session = await pbx.session(1);
    expect(session.commands[0]).toEqual({ command: 'auth', ...fields });
    expect(hub.status).toEqual({ up: true, reason: '' });
    expect(hub.client.state).toBe('live');
  });

  it('asks for each topic of a tenant by itself, and hears the snapshots', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.hears('queue_status', 2);
    const [, ...commands] = (await pbx.session(1)).commands;
    expect(commands.map(({ topics }) => topics)).toEqual(TENANT_TOPICS.map((topic) => [topic]));
    expect(commands[3]).toMatchObject({ extensions: ['201', '202', '203'] });
    expect(commands[4]).toMatchObject({ queues: ['600', '601'] });
    expect(hub.names()).toEqual([
      'queue_created',
      'queue_created',
      'extension_status',
      'queue_status',
      'queue_status',
    ]);
  });

  it("as the PBX's administrator asks for the global topics of the tenants named", async () => {
    const pbx = await givenPbx();
    const tenants = [pbx.tenant.id];
    const hub = new ClientUnderTest(pbx, {
      credentials: { kind: 'administrator', username: 'admin', password: 'admin-secret' },
      selection: () => ({ scope: 'system', tenants }),
    });
    await hub.hears('queue_status', 2);
    const [login, ...commands] = (await pbx.session(1)).commands;
    expect(login).toEqual({ command: 'auth', username: 'admin', password: 'admin-secret' });
    expect(commands).toEqual(
      TENANT_TOPICS.map((topic) => ({
        command: 'subscribe',
        topics: [`global_${topic}`],
        tenants,
      })),
    );
  });

  it('hears what happens, in order', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.status?.up === true);
    await hub.hears('queue_status', 2);
    const before = hub.frames.length;
    const story = pbx.story();
    const call = story.callerEnters('600', '33140506070', 'Ines');
    story.rings(call, '201');
    story.answers(call, '201');
    story.hangsUp(call);
    await hub.hears('call_cdr');
    expect(hub.names().slice(before)).toEqual([
      'call_start',
      'queue_caller_status',
      'cdr_target_add',
      'extension_call',
      'cdr_target_ringing',
      'queue_caller_status',
      'cdr_target_answer',
      'extension_call',
      'queue_agent_status',
      'extension_agent_status',
      'cdr_target_end',
      'extension_call',
      'queue_agent_status',
      'extension_agent_status',
      'call_cdr',
    ]);
    expect(hub.frames.every((frame) => frame.kind === 'event' && frame.doubts.length === 0)).toBe(
      true,
    );
  });

  it('asks for what has been added to the selection', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    hub.selection = { scope: 'tenant', extensions: [], queues: [] };
    await hub.until(() => hub.status?.up === true);
    pbx.story().extensionIsMade(fakeExtension('204', 'Pia'));
    await hub.hears('extension_created');
    hub.selection = { scope: 'tenant', extensions: ['204'], queues: [] };
    hub.client.refresh();
    await hub.hears('extension_status');
    const session = await pbx.session(1);
    expect(session.commands.filter(({ topics }) => isTopic(topics, 'queue_events'))).toEqual([]);
  });
});

describe('what an operator has to correct', () => {
  it('wrong credentials are told by name, without the password, and tried again after a minute', async () => {
    const pbx = await givenPbx();
    const password = 'not-this-one';
    const hub = new ClientUnderTest(pbx, {
      credentials: { kind: 'user', username: 'wilma', password, domain: 'acme.example' },
    });
    await hub.until(() => hub.statuses.length === 2);
    expect(hub.status).toMatchObject({ up: false });
    expect(hub.status?.reason).toContain('refused the login of user wilma of acme.example');
    expect(hub.status?.reason).toContain('PORTSIP_PASSWORD');
    expect(hub.status?.reason).toContain('access_token , username , domain or password error');
    expect(hub.status?.reason).not.toContain(password);
    const waits: (number | undefined)[] = [];
    for (let attempt = 2; attempt <= 5; attempt += 1) {
      const [wait] = hub.timers.delays();
      waits.push(wait);
      hub.timers.advance(wait ?? 0);
      await hub.ended(attempt);
    }
    expect(waits).toEqual([60_000, 90_000, 180_000, 225_000]);
  });

  it('a missing right is told by name, the other topics work, and the right is asked for again', async () => {
    const pbx = await givenPbx();
    const wilma = administratorOf(pbx);
    const all = wilma.permissions;
    wilma.permissions = ['User: View Only', 'Users: View Only'];
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.client.state === 'live' && hub.statuses.length === 2);
    expect(hub.status?.up).toBe(false);
    expect(hub.status?.reason).toContain('refused cdr_events: give the login the right Analytics');
    expect(hub.status?.reason).toContain('refused queue_events');
    pbx.story().setsPresence('201', 'AWAY');
    await hub.hears('extension_presence');
    wilma.permissions = all;
    await passes(hub, pbx, 60_000);
    await hub.until(() => hub.status?.up === true);
    expect(hub.status?.reason).toBe('');
    await hub.hears('queue_status', 2);
  });

  it('a management topic that is refused is told, but the source is up', async () => {
    const pbx = await givenPbx();
    administratorOf(pbx).permissions = ['Users: View Only', 'Analytics: View Only'];
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.notices.length === 1);
    expect(hub.status?.up).toBe(true);
    expect(hub.notices[0]).toContain('refused extension_management_events');
  });

  it('a self-signed certificate is refused unless the setting accepts it', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx, { tlsInsecure: false });
    await hub.until(() => hub.statuses.length === 2);
    expect(hub.status?.reason).toMatch(/self-signed certificate.*PORTSIP_TLS_INSECURE/u);
    expect(pbx.sessions.size).toBe(0);
  });
});

describe('a PBX that does not answer subscriptions', () => {
  it('is waited for once, then sent all topics', async () => {
    const pbx = await givenPbx();
    pbx.answersSubscriptions = false;
    const hub = new ClientUnderTest(pbx);
    const session = await pbx.session(1);
    await session.received({ command: 'subscribe' });
    await hub.until(() => hub.client.state === 'subscribing');
    hub.timers.advance(3_000);
    await hub.hears('queue_status', 2);
    expect(hub.status).toEqual({ up: true, reason: '' });
    expect(hub.client.state).toBe('live');
  });

  it('a refusal that comes late is told with the topics it may be about', async () => {
    const pbx = await givenPbx();
    pbx.answersSubscriptions = false;
    const hub = new ClientUnderTest(pbx);
    const session = await pbx.session(1);
    await session.received({ command: 'subscribe' });
    hub.timers.advance(3_000);
    await hub.until(() => hub.status?.up === true);
    session.send({ command: 'subscribe', id: '9', status: -1, error: 'not for you' });
    await hub.until(() => hub.status?.up === false);
    expect(hub.status?.reason).toContain('one of extension_management_events, ');
    expect(hub.status?.reason).toContain('not for you');
  });
});

describe('losing the connection', () => {
  it('comes back after a moment, logs in and subscribes anew', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.hears('queue_status', 2);
    pbx.cutConnections();
    await hub.until(() => hub.status?.up === false);
    expect(hub.timers.delays()).toEqual([500]);
    hub.timers.advance(500);
    await hub.hears('queue_status', 4);
    await hub.until(() => hub.status?.up === true);
    expect((await pbx.session(2)).commands).toHaveLength(6);
  });

  it('waits longer each time while the PBX is away, and not after it was there for a while', async () => {
    const pbx = await givenPbx();
    pbx.acceptsConnections = false;
    const hub = new ClientUnderTest(pbx);
    const waits: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 9; attempt += 1) {
      await hub.ended(attempt);
      const [wait] = hub.timers.delays();
      waits.push(wait);
      if (attempt === 9) pbx.acceptsConnections = true;
      hub.timers.advance(wait ?? 0);
    }
    expect(waits).toEqual([500, 750, 1500, 3000, 6000, 12_000, 22_500, 22_500, 22_500]);
    await hub.until(() => hub.status?.up === true);
    await passes(hub, pbx, 30_000);
    pbx.cutConnections();
    await hub.until(() => hub.status?.up === false);
    expect(hub.timers.delays()).toEqual([500]);
  });

  it('a peer that answers no ping is given up', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.hears('queue_status', 2);
    await hub.until(() => hub.status?.up === true);
    await passes(hub, pbx, 60_000);
    pbx.freezeConnections();
    hub.timers.advance(30_000);
    expect(hub.status?.up).toBe(true);
    hub.timers.advance(30_000);
    await hub.until(() => hub.status?.up === false);
    expect(hub.status?.reason).toContain('did not answer a ping');
  });

  it('a message of more than 8 MiB ends the connection', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    const session = await pbx.session(1);
    await hub.until(() => hub.status?.up === true);
    session.sendText('x'.repeat(8 * 1024 * 1024 + 1));
    await hub.until(() => hub.status?.up === false);
    expect(hub.status?.reason).toContain('Max payload size exceeded');
  });

  it('a login that nobody answers ends after 10 s', async () => {
    const sockets: SocketListener[] = [];
    const hub = new ClientUnderTest({ wsiUrl: 'wss://pbx.invalid' }, silentSocket(sockets));
    sockets[0]?.onOpen();
    expect(hub.client.state).toBe('authenticating');
    hub.timers.advance(10_000);
    await hub.until(() => hub.statuses.length === 2);
    expect(hub.status?.reason).toContain('did not answer the login within 10 s');
  });

  it('a login that the PBX takes back is a refusal', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.status?.up === true);
    (await pbx.session(1)).send({ command: 'auth', status: -1, error: 'session expired' });
    await hub.until(() => hub.status?.up === false);
    expect(hub.status?.reason).toContain('session expired');
    expect(hub.timers.delays()).toEqual([60_000]);
  });
});

describe('taking the state anew', () => {
  it('repeats the subscriptions that have snapshots every five minutes', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.hears('queue_status', 2);
    await hub.until(() => hub.status?.up === true);
    await passes(hub, pbx, 300_000);
    await hub.hears('queue_status', 4);
    const again = (await pbx.session(1)).commands.slice(6);
    expect(again.map(({ topics }) => topics)).toEqual([
      ['queue_management_events'],
      ['extension_events'],
      ['queue_events'],
    ]);
    await hub.until(() => hub.subscribedTimes === 2);
    expect(hub.statuses.map(({ up }) => up)).toEqual([false, true]);
  });

  it('a PBX that refuses the repetition is connected to anew', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.status?.up === true);
    administratorOf(pbx).permissions = [];
    hub.client.refresh();
    await hub.until(() => hub.status?.up === false);
    expect(hub.status?.reason).toContain('refused to repeat queue_management_events');
  });
});

describe('stopping', () => {
  it('closes the connection', async () => {
    const pbx = await givenPbx();
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.status?.up === true);
    await hub.stop();
    expect(hub.timers.delays()).toEqual([]);
    expect(hub.client.state).toBe('waiting');
  });

  it('ends the wait for the next attempt', async () => {
    const pbx = await givenPbx();
    pbx.acceptsConnections = false;
    const hub = new ClientUnderTest(pbx);
    await hub.until(() => hub.client.state === 'waiting' && hub.statuses.length === 2);
    await hub.stop();
    expect(hub.timers.delays()).toEqual([]);
  });
});

function isTopic(topics: unknown, name: string): boolean {
  return Array.isArray(topics) && topics.includes(name);
}

function administratorOf(pbx: FakePbx) {
  const wilma = pbx.tenant.extensions.get('200');
  if (wilma === undefined) throw new Error('the demo tenant has no administrator');
  return wilma;
}

/** Time passes in steps in which the PBX answers the pings of the client. */
async function passes(hub: ClientUnderTest, pbx: FakePbx, ms: number): Promise<void> {
  const step = 20_000;
  for (let passed = 0; passed < ms; passed += step) {
    hub.timers.advance(step);
    const heard = hub.names().filter((name) => name === 'extension_presence').length;
    pbx.story().setsPresence('201', 'ONLINE', `after ${passed} ms`);
    await hub.hears('extension_presence', heard + 1);
  }
}

/** A socket that opens when the test says so, and that nobody answers. */
function silentSocket(listeners: SocketListener[]): { readonly openSocket: OpenSocket } {
  return {
    openSocket: (_options, listener) => {
      listeners.push(listener);
      return { send: () => undefined, close: () => undefined };
    },
  };
}
