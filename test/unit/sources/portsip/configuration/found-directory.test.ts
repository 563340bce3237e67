import { describe, expect, it } from 'vitest';
import type {
  ConfiguredQueue,
  TenantConfiguration,
} from '../../../../../src/sources/portsip/configuration/configuration.js';
import { foundDirectory } from '../../../../../src/sources/portsip/configuration/found-directory.js';
import { PortsipIds } from '../../../../../src/sources/portsip/portsip-ids.js';
import type { PbxUser } from '../../../../../src/sources/portsip/rest/tenant-rest.js';

const TENANT = '612345678901234567';
const MARA = '812345678901234201';
const SUPPORT = '712345678901234501';
const ids = new PortsipIds('pbx.example');
/** By Python: uuid5(uuid5(NAMESPACE_DNS, 'portsip:pbx.example'), 'tenant:…'), 'ext:…' and so on. */
const KNOWN_IDS = [
  '6afc6c26-925a-562d-9902-c91bd579d60a',
  'd5d282c2-87fb-56f5-9004-aab9bf656d14',
  'a3a62598-2782-5f76-be8c-86a49cdb16ac',
  '893d0682-efab-5087-8988-2e41ac8c69f2',
];

function user(changes: Partial<PbxUser> = {}): PbxUser {
  return {
    extensionId: MARA,
    name: 'mara',
    enabled: true,
    email: 'mara@mail.example',
    displayName: 'Mara M.',
    extensionNumber: '201',
    ...changes,
  };
}

function queue(changes: Partial<ConfiguredQueue> = {}): ConfiguredQueue {
  return {
    id: SUPPORT,
    pathId: SUPPORT,
    name: 'Support',
    queueNumber: '600',
    wrapUpSeconds: 15,
    nightMode: false,
    state: 'ONLINE',
    agents: ['201'],
    ...changes,
  };
}

function found(changes: Partial<TenantConfiguration> = {}) {
  const tenant = { id: TENANT, pathId: TENANT, name: 'Acme', domain: 'acme.example' };
  const tenants = [{ tenant, users: [user()], queues: [queue()], ...changes }];
  return foundDirectory({ tenants, unreadable: [] }, ids);
}

describe('what a PBX has, as directory entries', () => {
  it('has the ids that portsip/wsi.md C.0 lays down, the same every time', () => {
    expect(found()).toEqual({
      system: 'portsip',
      organizations: [
        {
          id: ids.organization(TENANT),
          name: 'Acme',
          portsip: { tenantId: TENANT },
        },
      ],
      users: [
        {
          id: ids.user(MARA),
          organizationId: ids.organization(TENANT),
          userNames: ['mara', 'mara@mail.example', 'mara@acme.example', ids.user(MARA)],
          displayName: 'Mara M.',
          portsip: { extension: '201', extensionId: MARA },
        },
      ],
      queues: [
        {
          id: ids.queue(SUPPORT),
          organizationId: ids.organization(TENANT),
          name: 'Support',
          number: '600',
          members: [ids.user(MARA)],
          isOpen: true,
          portsip: { queueId: SUPPORT, queueNumber: '600', wrapUpSeconds: 15 },
        },
      ],
      callLists: [
        {
          id: ids.callList(SUPPORT),
          organizationId: ids.organization(TENANT),
          name: 'Support',
          queueId: ids.queue(SUPPORT),
          collect: ['explicit', 'overflow'],
        },
      ],
      leftOut: [],
    });
    expect(Object.values(idsOfPbx('pbx.example'))).toEqual(KNOWN_IDS);
    expect(idsOfPbx('PBX.example')).toEqual(idsOfPbx('pbx.example'));
    expect(idsOfPbx('pbx2.example').user).not.toBe(ids.user(MARA));
  });

  it('is without users who are disabled, also as members', () => {
    const { users, queues } = found({ users: [user({ enabled: false })] });
    expect(users).toEqual([]);
    expect(queues[0]?.members).toEqual([]);
    expect(found({ users: [user({ enabled: undefined })] }).users).toHaveLength(1);
  });

  it('has users without an extension, and names where the PBX has none', () => {
    const nameless = { name: '', email: '', displayName: undefined, extensionNumber: undefined };
    const [one] = found({ users: [user(nameless)] }).users;
    expect(one).toMatchObject({ userNames: [ids.user(MARA)], displayName: ids.user(MARA) });
    expect(one?.portsip).toEqual({ extensionId: MARA });
    const [named] = found({ queues: [queue({ name: '', wrapUpSeconds: undefined })] }).queues;
    expect(named).toMatchObject({ name: '600', members: [ids.user(MARA)] });
    expect(named?.portsip).toEqual({ queueId: SUPPORT, queueNumber: '600' });
  });

  it.each<[Partial<ConfiguredQueue>, boolean | undefined]>([
    [{ nightMode: true, state: 'ONLINE' }, false],
    [{ nightMode: true, state: 'OFFLINE' }, false],
    [{ nightMode: false, state: 'ONLINE' }, true],
    [{ nightMode: undefined, state: 'ONLINE' }, true],
    [{ nightMode: false, state: 'OFFLINE' }, undefined],
    [{ nightMode: false, state: 'unrecognized' }, undefined],
    [{ nightMode: undefined, state: undefined }, undefined],
  ])('a queue with %j is open: %s', (said, isOpen) => {
    expect(found({ queues: [queue(said)] }).queues[0]?.isOpen).toBe(isOpen);
  });

  it('cuts names that are longer than any of the directory', () => {
    const [one] = found({ users: [user({ displayName: 'x'.repeat(1000) })] }).users;
    expect(one?.displayName).toHaveLength(256);
  });
});

function idsOfPbx(pbx: string) {
  const of = new PortsipIds(pbx);
  return {
    organization: of.organization(TENANT),
    user: of.user(MARA),
    queue: of.queue(SUPPORT),
    callList: of.callList(SUPPORT),
  };
}
