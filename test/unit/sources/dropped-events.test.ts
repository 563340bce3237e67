import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ann, people } from '../../support/directory-fixture.js';
import { queueAgent, queueCaller, queueMember } from '../../support/wazo-events.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

const STRANGER = 'dddddddd-0000-4000-8000-000000000001';

const call = { call_id: '1.1', user_uuid: people.ann, status: 'Ringing', on_hold: false };
const caller = { uniqueid: '1763683200.40', number: '+15551234567', queue: 'sales' };
const presence = { uuid: people.ann, state: 'available', status: '', lines: [] };
const pause = { agent_id: 42, agent_number: '1042', paused: true, queue: 'sales' };

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an event of a Wazo service from which nothing follows', () => {
  it.each<[string, object, string]>([
    ['call_created', { ...call, user_uuid: null }, 'irrelevant'],
    ['call_created', { ...call, user_uuid: '' }, 'irrelevant'],
    ['call_created', { call_id: '1.1' }, 'irrelevant'],
    ['call_created', { ...call, user_uuid: STRANGER }, 'unknown-entity'],
    ['agent_status_update', { agent_id: 99, status: 'logged_in' }, 'unknown-entity'],
    ['agent_paused', { ...pause, queue: 'strangers' }, 'unknown-entity'],
    ['users_services_dnd_updated', { user_uuid: STRANGER, enabled: true }, 'unknown-entity'],
    ['chatd_presence_updated', { ...presence, uuid: STRANGER }, 'unknown-entity'],
    ['chatd_presence_updated', { ...presence, state: 'dreaming' }, 'irrelevant'],
    ['user_status_update', { user_uuid: people.ann, status: 'constructor' }, 'irrelevant'],
    ['user_status_update', { user_uuid: STRANGER, status: 'busy' }, 'unknown-entity'],
    ['endpoint_status_update', { endpoint_id: 77, status: 0 }, 'unknown-entity'],
    ['call_created', { ...call, call_id: 7 }, 'malformed'],
    ['call_created', { ...call, user_uuid: 'ann' }, 'malformed'],
    ['call_held', {}, 'malformed'],
    ['agent_status_update', { agent_id: 42, status: 'asleep' }, 'malformed'],
    ['agent_paused', { ...pause, paused: '1' }, 'malformed'],
    ['users_services_dnd_updated', { user_uuid: people.ann }, 'malformed'],
    ['chatd_presence_updated', { ...presence, lines: ['1'] }, 'malformed'],
    ['endpoint_status_update', { endpoint_id: 1, status: 'idle' }, 'malformed'],
    ['agent_paused', { ...pause, agent_id: '42' }, 'malformed'],
    ['agent_paused', { ...pause, queue: 'grp-acme-1' }, 'ring-group'],
    ['user_agent_queue_logged_in', { agent_id: 42, queue_id: 99 }, 'unknown-entity'],
    ['user_agent_queue_logged_off', { agent_id: 42, queue_id: '7' }, 'malformed'],
    ['users_services_dnd_updated', { user_uuid: people.ann, enabled: 'true' }, 'malformed'],
    ['line_status_updated', { id: 1, current_call_count: 1 }, 'irrelevant'],
    ['line_status_updated', { id: 77, registered: true }, 'unknown-entity'],
    ['line_status_updated', { id: '1', registered: true }, 'malformed'],
    ['transfer_relayed', {}, 'unknown-name'],
    ['call_exploded', {}, 'unknown-name'],
    ['constructor', {}, 'unknown-name'],
  ])('%s %j is dropped as %s', (name, data, outcome) => {
    hub.burst({ name, data: { ...data } });
    expect(hub.outcomes).toEqual([`${name} ${outcome}`]);
    expect(hub.bursts).toEqual([]);
    expect(hub.acknowledged).toBe(1);
  });
});

describe('an event of Asterisk from which nothing follows', () => {
  it.each([
    [
      'an unknown queue',
      queueCaller('QueueCallerJoin', { ...caller, queue: 'strangers' }),
      'unknown-entity',
    ],
    ["a member of others' queue", queueMember('QueueMemberAdded', ann, 'x'), 'unknown-entity'],
    [
      'a ring group',
      queueCaller('QueueCallerJoin', { ...caller, queue: 'grp-acme-1' }),
      'ring-group',
    ],
    ['a member of a ring group', queueMember('QueueMemberAdded', ann, 'grp-acme-1'), 'ring-group'],
    [
      'an agent in a ring group',
      queueAgent('AgentCalled', { ...caller, queue: 'grp-acme-1' }, ann),
      'ring-group',
    ],
    [
      'an agent in an unknown queue',
      queueAgent('AgentCalled', { ...caller, queue: 'x' }, ann),
      'unknown-entity',
    ],
    [
      'a member without a name',
      queueMember('QueueMemberStatus', ann, 'sales', { Interface: undefined }),
      'malformed',
    ],
    [
      'a device state of 9',
      queueMember('QueueMemberStatus', ann, 'sales', { Status: '9' }),
      'malformed',
    ],
    [
      'a pause of "yes"',
      queueMember('QueueMemberPause', ann, 'sales', { Paused: 'yes' }),
      'malformed',
    ],
    [
      'a caller without a channel',
      queueCaller('QueueCallerJoin', caller, { Uniqueid: '' }),
      'malformed',
    ],
    ['a hangup of nothing', { name: 'Hangup', data: {} }, 'malformed'],
  ])('%s is counted and dropped', (_what, event, outcome) => {
    expect(hub.translate(event)).toEqual({ outcome, events: [] });
    expect(hub.acknowledged).toBe(1);
  });
});
