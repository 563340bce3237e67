import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { acme, ann, people } from '../../support/directory-fixture.js';
import { directoryWithNeighbours, neighbours } from '../../support/neighbours.js';
import { presence, queueAgent, queueMember } from '../../support/wazo-events.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

const nora = { agentId: neighbours.agentId, userUuid: neighbours.user, queues: [] };
const caller = { uniqueid: '1763683200.40', number: '+15551234567', queue: 'sales' };

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest(directoryWithNeighbours());
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a report of a user's presence", () => {
  it.each([
    ['their own tenant', { tenant_uuid: acme }, 'applied'],
    ['their own tenant in capitals', { tenant_uuid: acme.toUpperCase() }, 'applied'],
    ['no tenant, as in systems of the first years', {}, 'applied'],
    ['null for the tenant', { tenant_uuid: null }, 'applied'],
    ["another's tenant", { tenant_uuid: neighbours.tenant }, 'foreign-tenant'],
    ['a tenant that nobody is', { tenant_uuid: people.ann }, 'foreign-tenant'],
  ])('with %s is counted as it has to be', (_what, headers, outcome) => {
    hub.deliverBody(hub.encode(presence(people.ann), START, headers));
    hub.settle();
    expect(hub.outcomes).toEqual([`chatd_presence_updated ${outcome}`]);
    expect(hub.bursts.flat()).toHaveLength(outcome === 'applied' ? 1 : 0);
    expect(hub.warnings).toHaveLength(outcome === 'applied' ? 0 : 1);
    expect(hub.acknowledged).toBe(1);
  });

  it('with a number for the tenant is malformed', () => {
    hub.deliverBody(hub.encode(presence(people.ann), START, { tenant_uuid: 7 }));
    expect(hub.outcomes).toEqual(['unreadable malformed']);
  });
});

describe('an event of Asterisk, which names no tenant,', () => {
  it.each([
    ['a member', queueMember('QueueMemberAdded', nora, 'sales')],
    ['a call', queueAgent('AgentCalled', caller, nora)],
  ])("that puts a neighbour into a queue not theirs is nobody's: %s", (_what, event) => {
    hub.burst(event, queueMember('QueueMemberAdded', ann, 'sales'));
    expect(hub.outcomes).toContain(`${event.name} foreign-tenant`);
    expect(hub.center.userStatus(neighbours.user, START)).toMatchObject({
      serving: false,
      talking: false,
    });
    expect(hub.center.userStatus(people.ann, START).serving).toBe(true);
  });

  it('about a queue and member of one tenant is theirs', () => {
    const { outcome } = hub.translate(queueMember('QueueMemberAdded', nora, neighbours.queueName));
    expect(outcome).toBe('applied');
    expect(hub.center.userStatus(neighbours.user, START).serving).toBe(true);
  });
});
