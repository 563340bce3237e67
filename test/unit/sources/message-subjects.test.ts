import { describe, expect, it } from 'vitest';
import { subjectsOf } from '../../../src/sources/wazo/message-subjects.js';
import { WazoIndex } from '../../../src/sources/wazo/wazo-index.js';
import { ann, contactCenterDirectory, people } from '../../support/directory-fixture.js';
import type { BusEvent } from '../../support/wazo-bus.js';
import {
  agentCall,
  agentStatus,
  hangup,
  presence,
  queueAgent,
  queueCaller,
  queueMember,
  queueUserEvent,
} from '../../support/wazo-events.js';

const index = new WazoIndex(contactCenterDirectory());
const caller = { uniqueid: '1.1', number: '1', queue: 'sales' };
const annAsMember = ['member Local/id-42@agentcallback', `user ${people.ann}`];

const messages: readonly [string, BusEvent, readonly string[]][] = [
  ['a caller', queueCaller('QueueCallerJoin', caller), ['call 1.1']],
  ['a caller on the way to a queue', queueUserEvent(caller), ['call 1.1']],
  ['the end of a channel', hangup('1.1'), ['call 1.1']],
  [
    'a member who is rung',
    queueAgent('AgentCalled', caller, ann, { DestLinkedid: '1.0' }),
    [...annAsMember, 'call 1.1', 'call 1.0', 'call 1.1142'],
  ],
  ["a member's phone", queueMember('QueueMemberStatus', ann, 'sales'), annAsMember],
  [
    "a member's phone, before Asterisk 12",
    { name: 'QueueMemberStatus', data: { Location: 'Local/id-42@agentcallback/n' } },
    annAsMember,
  ],
  [
    'the leg of an agent',
    agentCall('call_created', caller, ann, 'Ringing'),
    ['call 1.1', 'call 1.1242', `user ${people.ann}`, 'call_created 42'],
  ],
  ['the login of an agent', agentStatus(ann, 'logged_in'), annAsMember],
  ['a presence', presence(people.ann.toUpperCase()), [`user ${people.ann}`]],
  [
    'a parked call',
    { name: 'ParkedCall', data: { ParkeeUniqueid: '1.1', ParkerLinkedid: '1.0' } },
    ['call 1.1', 'call 1.0'],
  ],
  [
    'a transfer',
    {
      name: 'transfer_created',
      data: { id: 'x', transferred_call: '1.1', initiator_call: '1.2', recipient_call: null },
    },
    ['call 1.1', 'call 1.2'],
  ],
  ['a member whom the directory does not know', member('PJSIP/other'), ['member PJSIP/other']],
  ['nothing, when its fields are empty', { name: 'Hangup', data: { Uniqueid: '' } }, []],
  ["the hub's own mark", { name: 'UserEvent', data: { UserEvent: 'hub_sync', Nonce: '1' } }, []],
  ["Asterisk's start", { name: 'FullyBooted', data: { Uptime: '1' } }, []],
  [
    'a reload of Asterisk, which has an id of its own',
    { name: 'asterisk_reload_progress', data: { uuid: people.ann, status: 'starting' } },
    [],
  ],
];

function member(Interface: string): BusEvent {
  return { name: 'QueueMemberStatus', data: { Interface } };
}

describe('a message is about', () => {
  it.each(messages)('%s', (_what, { name, data }, subjects) => {
    const envelope = {
      name,
      originUuid: '',
      tenantUuid: '',
      timestamp: '',
      timestampMs: undefined,
      data,
    };
    expect(subjectsOf(envelope, index).toSorted()).toEqual(subjects.toSorted());
  });
});
