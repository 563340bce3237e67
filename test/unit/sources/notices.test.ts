import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DirectoryChange } from '../../../src/sources/wazo/notices.js';
import { ann, people } from '../../support/directory-fixture.js';
import { hangup, queueMember } from '../../support/wazo-events.js';
import { IngestUnderTest, ORIGIN_UUID, START } from './ingest-fixture.js';

const TENANT = 'dddddddd-0000-4000-8000-000000000002';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a change of the configuration', () => {
  const tenant = { uuid: TENANT.toUpperCase(), name: 'New', slug: 'new', domain_names: [] };
  const user = { id: 5, uuid: people.ann };
  const line = { line: { id: 1, name: 'abc' }, main_line: true, user };
  const member = { queue_id: 7, agent_id: 42 };

  it.each<[string, object, DirectoryChange]>([
    ['auth_tenant_added', tenant, { part: 'tenants', change: 'created', id: TENANT }],
    ['auth_tenant_updated', tenant, { part: 'tenants', change: 'edited', id: TENANT }],
    ['auth_tenant_deleted', { uuid: TENANT }, { part: 'tenants', change: 'deleted', id: TENANT }],
    ['user_created', user, { part: 'users', change: 'created', id: people.ann }],
    ['user_edited', user, { part: 'users', change: 'edited', id: people.ann }],
    ['user_deleted', user, { part: 'users', change: 'deleted', id: people.ann }],
    ['user_line_associated', line, { part: 'lines', change: 'edited', id: people.ann }],
    ['user_line_dissociated', line, { part: 'lines', change: 'edited', id: people.ann }],
    ['agent_created', { id: 42 }, { part: 'agents', change: 'created', id: '42' }],
    ['agent_deleted', { id: 42 }, { part: 'agents', change: 'deleted', id: '42' }],
    [
      'user_agent_associated',
      { user_uuid: people.ann, agent_id: 42 },
      { part: 'agents', change: 'edited', id: '42' },
    ],
    ['queue_created', { id: 7 }, { part: 'queues', change: 'created', id: '7' }],
    ['queue_edited', { id: 7 }, { part: 'queues', change: 'edited', id: '7' }],
    ['queue_deleted', { id: 7 }, { part: 'queues', change: 'deleted', id: '7' }],
    [
      'queue_extension_associated',
      { queue_id: 7, extension_id: 3 },
      { part: 'queues', change: 'edited', id: '7' },
    ],
    ['queue_member_agent_associated', member, { part: 'queue-members', change: 'edited', id: '7' }],
    ['schedule_edited', { id: 3 }, { part: 'schedules', change: 'edited', id: '3' }],
  ])('%s is told as what has to be asked for again', (name, data, change) => {
    expect(hub.translate({ name, data: { ...data } })).toEqual({
      outcome: 'directory-change',
      events: [],
    });
    expect(hub.directoryChanges).toEqual([change]);
  });

  it('is told after the events of its burst, and before they are acknowledged', () => {
    hub.deliver({ name: 'queue_edited', data: { id: 7 } }, hangup('1.1'));
    expect([hub.bursts, hub.directoryChanges]).toEqual([[], []]);
    hub.settle();
    expect(hub.bursts.flat()).toHaveLength(1);
    expect(hub.directoryChanges).toHaveLength(1);
    expect(hub.acknowledged).toBe(2);
  });

  it('without its id is counted as malformed and told nobody', () => {
    hub.burst({ name: 'queue_edited', data: { id: '7' } }, { name: 'user_deleted', data: {} });
    expect(hub.outcomes).toEqual(['queue_edited malformed', 'user_deleted malformed']);
    expect(hub.directoryChanges).toEqual([]);
  });
});

describe('a sign that what is known may be out of date', () => {
  const at = START;
  const progress = { uuid: TENANT, command: 'module reload app_queue.so', request_uuids: [] };
  const what = progress.command;

  it.each([
    ['FullyBooted', { Uptime: '12' }, { kind: 'asterisk-booted', at, uptimeSeconds: 12 }],
    ['FullyBooted', {}, { kind: 'asterisk-booted', at, uptimeSeconds: undefined }],
    [
      'Reload',
      { Module: 'All', Status: '0' },
      { kind: 'asterisk-reload', at, phase: 'completed', what: 'All' },
    ],
    [
      'asterisk_reload_progress',
      { ...progress, status: 'starting' },
      { kind: 'asterisk-reload', at, phase: 'starting', what },
    ],
    [
      'asterisk_reload_progress',
      { ...progress, status: 'completed' },
      { kind: 'asterisk-reload', at, phase: 'completed', what },
    ],
    [
      'UserEvent',
      { UserEvent: 'hub_sync', Nonce: 'n1' },
      { kind: 'marker', at, nonce: 'n1', originUuid: ORIGIN_UUID, stampMs: START },
    ],
  ])('%s %j is told as such', (name, data, trigger) => {
    expect(hub.translate({ name, data: { ...data } })).toEqual({
      outcome: 'resync-trigger',
      events: [],
    });
    expect(hub.resyncTriggers).toEqual([trigger]);
  });

  it.each([
    ['asterisk_reload_progress', { ...progress, status: 'dreaming' }, 'irrelevant'],
    ['UserEvent', { UserEvent: 'hub_sync' }, 'malformed'],
  ])('%s %j is not', (name, data, outcome) => {
    expect(hub.translate({ name, data: { ...data } }).outcome).toBe(outcome);
    expect(hub.resyncTriggers).toEqual([]);
  });
});

describe('the end of a session', () => {
  const uuid = '9F6FC2C6-93b0-4d6e-9f0d-3a3a6d3f1c11';

  it('is told with its id', () => {
    hub.burst({ name: 'auth_session_deleted', data: { uuid, user_uuid: null } });
    expect(hub.outcomes).toEqual(['auth_session_deleted session-end']);
    expect(hub.endedSessions).toEqual([uuid.toLowerCase()]);
  });

  it('of a session without an id is not told', () => {
    hub.burst({ name: 'auth_session_deleted', data: { user_uuid: people.ann } });
    expect(hub.outcomes).toEqual(['auth_session_deleted malformed']);
    expect(hub.endedSessions).toEqual([]);
  });
});

describe('a listener to notices that fails', () => {
  it('is logged, and costs neither the burst nor later notices', () => {
    const fault = new Error('a bug');
    hub.listenerFault = fault;
    const marker = { name: 'UserEvent', data: { UserEvent: 'hub_sync', Nonce: 'n1' } };
    hub.burst(marker, queueMember('QueueMemberAdded', ann, 'sales'));
    expect(hub.errors).toEqual([{ err: fault, source: 'wazo', notice: 'marker' }]);
    expect(hub.bursts.flat()).toHaveLength(1);
    hub.burst(marker);
    expect(hub.resyncTriggers).toMatchObject([{ kind: 'marker', nonce: 'n1' }]);
    expect(hub.acknowledged).toBe(3);
  });
});
