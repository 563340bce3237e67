import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { contactCenterDirectory, people, queueIds } from '../../support/directory-fixture.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

const agent42 = { memberId: 'Local/id-42@agentcallback', userIds: [people.ann] };
const agent44 = { memberId: 'Local/id-44@agentcallback', userIds: [people.carl, people.cora] };
const agent99 = { memberId: 'Local/id-99@agentcallback', userIds: [] };

const call = { call_id: '1.1', user_uuid: people.ann, status: 'Ringing', on_hold: false };
const annsLeg = { kind: 'leg-changed', at: START, userId: people.ann, legId: '1.1' };
const presence = { uuid: people.ann, state: 'available', status: '', lines: [] };
const annsPresence = {
  kind: 'presence-changed',
  at: START,
  userId: people.ann,
  availability: 'Available',
  note: '',
  source: 'wazo-chatd',
  terminals: {},
};
const legacyPresence = { ...annsPresence, source: 'xivo-ctid', terminals: undefined };
const pause = { agent_id: 42, agent_number: '1042', paused: true, queue: 'sales' };
const annsPause = {
  kind: 'queue-member-changed',
  at: START,
  queueId: queueIds.sales,
  member: agent42,
  facts: { paused: true },
};
const annsTerminal = { kind: 'terminal-changed', at: START, userId: people.ann, terminalId: '1' };

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an event of a Wazo service', () => {
  it.each<[string, object, object]>([
    ['call_created', call, { ...annsLeg, state: 'ringing', held: false }],
    ['call_created', { ...call, status: 'Down' }, { ...annsLeg, state: 'ringing', held: false }],
    ['call_updated', { ...call, status: 'Up' }, { ...annsLeg, state: 'up', held: false }],
    ['call_updated', { ...call, on_hold: true }, { ...annsLeg, state: 'ringing', held: true }],
    ['call_updated', { ...call, on_hold: null, status: null }, { ...annsLeg, state: 'ringing' }],
    ['call_answered', call, { ...annsLeg, state: 'up', held: false }],
    [
      'call_answered',
      { ...call, user_uuid: people.ann.toUpperCase() },
      { ...annsLeg, state: 'up', held: false },
    ],
    ['call_ended', call, { kind: 'channel-ended', at: START, legId: '1.1' }],
    ['call_ended', { call_id: '1.1' }, { kind: 'channel-ended', at: START, legId: '1.1' }],
    ['call_held', { call_id: '1.1' }, { kind: 'leg-held', at: START, legId: '1.1', held: true }],
    [
      'call_resumed',
      { call_id: '1.1' },
      { kind: 'leg-held', at: START, legId: '1.1', held: false },
    ],
    [
      'agent_status_update',
      { agent_id: 42, status: 'logged_in' },
      { kind: 'agent-login-changed', at: START, member: agent42, loggedIn: true },
    ],
    [
      'agent_status_update',
      { agent_id: 44, status: 'logged_out' },
      { kind: 'agent-login-changed', at: START, member: agent44, loggedIn: false },
    ],
    ['agent_paused', pause, annsPause],
    ['agent_unpaused', { ...pause, paused: false }, { ...annsPause, facts: { paused: false } }],
    ['agent_paused', { ...pause, agent_id: 99 }, { ...annsPause, member: agent99 }],
    ['chatd_presence_updated', presence, annsPresence],
    [
      'chatd_presence_updated',
      { ...presence, state: 'away' },
      { ...annsPresence, availability: 'Away' },
    ],
    [
      'chatd_presence_updated',
      { ...presence, state: 'invisible', status: null },
      { ...annsPresence, availability: 'Away' },
    ],
    [
      'chatd_presence_updated',
      { ...presence, state: 'unavailable', status: 'At lunch' },
      { ...annsPresence, availability: 'Away', note: 'At lunch' },
    ],
    [
      'chatd_presence_updated',
      { ...presence, do_not_disturb: true },
      { ...annsPresence, doNotDisturb: true },
    ],
    [
      'chatd_presence_updated',
      {
        ...presence,
        lines: [
          { id: 1, state: 'available' },
          { id: 2, state: 'unavailable' },
          { id: 3, state: 'talking' },
        ],
      },
      { ...annsPresence, terminals: { 1: true, 2: false, 3: true } },
    ],
    ['user_status_update', { user_uuid: people.ann, status: 'available' }, legacyPresence],
    [
      'user_status_update',
      { user_uuid: people.ann, status: 'berightback' },
      { ...legacyPresence, availability: 'BRB' },
    ],
    [
      'user_status_update',
      { user_uuid: people.ann, status: 'donotdisturb' },
      { ...legacyPresence, availability: 'DoNotDisturb' },
    ],
    [
      'endpoint_status_update',
      { endpoint_id: 1, status: 0 },
      { ...annsTerminal, registered: true },
    ],
    [
      'endpoint_status_update',
      { endpoint_id: 1, status: 8 },
      { ...annsTerminal, registered: true },
    ],
    [
      'endpoint_status_update',
      { endpoint_id: 1, status: 4 },
      { ...annsTerminal, registered: false },
    ],
    [
      'endpoint_status_update',
      { endpoint_id: 1, status: -1 },
      { ...annsTerminal, registered: false },
    ],
    [
      'endpoint_status_update',
      { endpoint_id: 1, status: -2 },
      { ...annsTerminal, registered: false },
    ],
  ])('%s %j says what it means', (name, data, expected) => {
    const hub = new IngestUnderTest();
    expect(hub.translate({ name, data: { ...data } })).toEqual({
      outcome: 'applied',
      events: [expected],
    });
  });

  it('teaches whose line is which, when the directory does not say', () => {
    const hub = new IngestUnderTest();
    hub.translate({ name: 'call_created', data: { ...call, line_id: 77 } });
    const { events } = hub.translate({
      name: 'endpoint_status_update',
      data: { endpoint_id: 77, status: 4 },
    });
    expect(events).toMatchObject([{ userId: people.ann, terminalId: '77', registered: false }]);
  });

  it('is translated by the directory in force', () => {
    const hub = new IngestUnderTest();
    hub.directory.replace(contactCenterDirectory(['ann']));
    expect(hub.translate({ name: 'call_created', data: call }).outcome).toBe('unknown-entity');
    hub.directory.replace(contactCenterDirectory());
    expect(hub.translate({ name: 'call_created', data: call }).outcome).toBe('applied');
  });
});
