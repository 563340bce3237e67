import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ann, people } from '../../support/directory-fixture.js';
import { directCall } from '../../support/wazo-events.js';
import { IngestUnderTest, START } from './ingest-fixture.js';

let hub: IngestUnderTest;

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  hub = new IngestUnderTest();
});

afterEach(() => {
  vi.useRealTimers();
});

const data = {
  id: 't1',
  initiator_uuid: people.ann,
  initiator_tenant_uuid: people.ann,
  transferred_call: '1.1',
  initiator_call: '1.2',
  recipient_call: '1.3',
  status: 'ringback',
  flow: 'attended',
};
const report = {
  kind: 'call-transfer',
  at: START,
  teller: 'wazo-calld',
  transferId: 't1',
  flow: 'attended',
  userId: people.ann,
  transferrerLegIds: ['1.2'],
  transferredLegId: '1.1',
  targetLegId: '1.3',
  targetNumber: '',
};

describe('a transfer by wazo-calld', () => {
  it.each([
    ['transfer_created', 'started'],
    ['transfer_updated', 'started'],
    ['transfer_answered', 'answered'],
    ['transfer_completed', 'handed-over'],
    ['transfer_cancelled', 'cancelled'],
    ['transfer_abandoned', 'caller-gone'],
    ['transfer_ended', 'ended'],
  ])('by %s is %s', (name, step) => {
    expect(hub.translate({ name, data }).events).toEqual([
      { ...report, step, cause: `transfer ${step}` },
    ]);
  });

  it('may have no leg to the target yet', () => {
    const early = { ...data, recipient_call: null, flow: 'blind' };
    const [event] = hub.translate({ name: 'transfer_created', data: early }).events;
    expect(event).toMatchObject({ flow: 'blind', transferredLegId: '1.1' });
    expect(event).not.toHaveProperty('targetLegId');
  });

  it('of a user who is not known concerns nobody', () => {
    const strange = { ...data, initiator_uuid: '99999999-0000-4000-8000-000000000001' };
    expect(hub.translate({ name: 'transfer_created', data: strange })).toEqual({
      outcome: 'unknown-entity',
      events: [],
    });
  });

  it('without a leg of who transfers is malformed', () => {
    const wrong = { ...data, initiator_call: null };
    expect(hub.translate({ name: 'transfer_created', data: wrong }).outcome).toBe('malformed');
  });
});

describe('a transfer by a phone', () => {
  const blind = {
    Result: 'Success',
    TransfererUniqueid: '1.2',
    TransfereeUniqueid: '1.1',
    Extension: '1002',
    IsExternal: 'Yes',
  };
  // The fields of the captured event in shared/wazo/ami-samples.json.
  const attended = {
    Result: 'Success',
    OrigTransfererUniqueid: '1594054062.126',
    OrigTransfererConnectedLineNum: '206041',
    SecondTransfererUniqueid: '1594054062.126',
    TransfereeUniqueid: '1594054062.123',
    TransferTargetUniqueid: '1594054076.127',
    DestType: 'Bridge',
  };
  const done = {
    kind: 'call-transfer',
    at: START,
    teller: 'asterisk',
    step: 'handed-over',
  };

  it('to an extension is blind', () => {
    expect(hub.translate({ name: 'BlindTransfer', data: blind }).events).toEqual([
      {
        ...done,
        flow: 'blind',
        transferId: 'BlindTransfer Success 1.2 1.1 1002',
        transferrerLegIds: ['1.2'],
        transferredLegId: '1.1',
        targetNumber: '1002',
        cause: 'BlindTransfer',
      },
    ]);
  });

  it('to somebody it talks to is attended', () => {
    expect(hub.translate({ name: 'AttendedTransfer', data: attended }).events).toEqual([
      {
        ...done,
        flow: 'attended',
        transferId: 'AttendedTransfer Success 1594054062.126 1594054062.126',
        transferrerLegIds: ['1594054062.126'],
        transferredLegId: '1594054062.123',
        targetLegId: '1594054076.127',
        targetNumber: '',
        cause: 'AttendedTransfer',
      },
    ]);
  });

  it.each([
    [{ TransferTargetCallerIDNum: '1002' }, '1002'],
    [{ SecondTransfererConnectedLineNum: '1003' }, '1003'],
    [{ SecondTransfererConnectedLineNum: '<unknown>' }, ''],
  ])('has a target by %j', (fields, targetNumber) => {
    const two = { ...attended, SecondTransfererUniqueid: '1.5', ...fields };
    expect(hub.translate({ name: 'AttendedTransfer', data: two }).events).toMatchObject([
      { targetNumber, transferrerLegIds: ['1594054062.126', '1.5'] },
    ]);
  });

  it.each([
    ['BlindTransfer', blind],
    ['AttendedTransfer', attended],
  ])('by %s that Asterisk refuses has failed', (name, fields) => {
    const refused = { ...fields, Result: 'Not Permitted' };
    expect(hub.translate({ name, data: refused }).events).toMatchObject([
      { step: 'failed', cause: `${name} Not Permitted` },
    ]);
  });

  it('that comes in one reversed burst with the end of the leg is still of that call', () => {
    hub.burst(directCall('call_answered', ann, 'Up'));
    vi.advanceTimersByTime(60_000);
    const legs = { TransfererUniqueid: '1763683300.51', TransfereeUniqueid: '1763683300.50' };
    hub.burst(
      { name: 'Hangup', data: { Uniqueid: '1763683300.51', Cause: '16' } },
      { name: 'BlindTransfer', data: { ...blind, ...legs } },
    );
    expect(hub.occurrences.map(({ kind }) => kind).slice(-3)).toEqual([
      'user-transfer',
      'user-call-sent-on',
      'user-call-disconnected',
    ]);
  });
});
