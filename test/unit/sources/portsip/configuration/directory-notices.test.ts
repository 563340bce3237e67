import { beforeEach, describe, expect, it } from 'vitest';
import { buildDirectory } from '../../../../../src/directory/build-directory.js';
import { directoryFileSchema } from '../../../../../src/directory/file-schema.js';
import { DirectoryNotices } from '../../../../../src/sources/portsip/configuration/directory-notices.js';
import { PortsipIndex } from '../../../../../src/sources/portsip/portsip-index.js';
import { parseFrame } from '../../../../../src/sources/portsip/wsi/parse-frame.js';
import { SAMPLES, TENANT } from '../../../../support/fake-portsip/wire-messages.js';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';

let wanted: string[];
let notices: DirectoryNotices;
let index: PortsipIndex;

function guid(number: string): string {
  return `00000000-0000-4000-8000-000000000${number}`;
}

/** A directory that has these extensions and queues. */
function indexOf(extensions: readonly string[], queues: readonly string[]): PortsipIndex {
  const file = directoryFileSchema.parse({
    organizations: [{ id: ORGANIZATION, name: 'Acme', portsip: { tenantId: TENANT.id } }],
    users: extensions.map((extension) => ({
      id: guid(extension),
      organizationId: ORGANIZATION,
      userName: `user${extension}`,
      displayName: `User ${extension}`,
      role: 'agent',
      portsip: { extension },
    })),
    queues: queues.map((number) => ({
      id: guid(number),
      organizationId: ORGANIZATION,
      name: number,
      number,
      portsip: { queueId: '712345678901234501' },
    })),
  });
  return new PortsipIndex(buildDirectory(file, new Map()));
}

beforeEach(() => {
  wanted = [];
  index = indexOf(['201', '202'], ['600']);
  notices = new DirectoryNotices({
    index: () => index,
    changed: (parts) => wanted.push(parts.join()),
  });
});

/** The parts that a sample of the PBX's messages has read again. */
function after(name: string, changes: object = {}): string[] {
  const frame = parseFrame(JSON.stringify({ ...SAMPLES[name], ...changes }));
  if (frame.kind === 'reply') throw new Error('a sample is no reply');
  notices.take(frame);
  return wanted.splice(0);
}

describe('a management message', () => {
  it.each([
    ['extension_updated', 'users,queues'],
    ['extension_destroyed', 'users,queues'],
    ['queue_updated', 'queues'],
    ['queue_destroy', 'queues'],
  ])('%s has %s read again', (name, parts) => {
    expect(after(name)).toEqual([parts]);
    expect(after(name)).toEqual([parts]);
  });

  it('of something new has it read; of what is known, as in snapshots, not', () => {
    expect(after('extension_created')).toEqual([]);
    expect(after('queue_created')).toEqual([]);
    const stranger = { extension_number: '209', extension_id: '812345678901234209' };
    expect(after('extension_created', stranger)).toEqual(['users,queues']);
    expect(after('queue_created', { queue_number: '609' })).toEqual(['queues']);
  });
});

describe('a message about a stranger', () => {
  it.each([
    ['extension_call', { extension: 'sip:209@acme.example', extension_id: '9' }, 'users,queues'],
    [
      'extension_presence',
      { extension: 'sip:209@acme.example', extension_id: '9' },
      'users,queues',
    ],
    ['queue_status', { queue_id: '9', queue_number: '609' }, 'queues'],
    ['queue_caller_status', { queue_id: '9' }, 'queues'],
    ['queue_sla_breached', { queue_id: '9' }, 'queues'],
  ])('%s asks once, until the directory is another', (name, changes, parts) => {
    expect(after(name)).toEqual([]);
    expect(after(name, changes)).toEqual([parts]);
    expect(after(name, changes)).toEqual([]);
    notices.directoryChanged();
    expect(after(name, changes)).toEqual([parts]);
  });

  it('in a list of known ones counts, too', () => {
    index = indexOf(['201'], ['600']);
    expect(after('extension_status')).toEqual(['users,queues']);
  });

  it('does not make the hub remember without bound', () => {
    for (let number = 0; number < 1000; number += 1)
      after('queue_status', { queue_id: `${number}` });
    expect(after('queue_status', { queue_id: 'one more' })).toEqual([]);
  });
});

it('an agent removed from a queue has the queues read again', () => {
  expect(after('queue_agent_status')).toEqual(['queues']);
  expect(after('queue_agent_status', { removed_agents: [] })).toEqual([]);
});

it('what is no message changes nothing', () => {
  notices.take({ kind: 'unknown', name: 'moon_phase' });
  expect(after('call_start')).toEqual([]);
  expect(wanted).toEqual([]);
});
