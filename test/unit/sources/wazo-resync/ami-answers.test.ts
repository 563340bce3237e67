import { describe, expect, it } from 'vitest';
import {
  AmiAnswerFault,
  readChannels,
  readQueueStatus,
  readStartTime,
} from '../../../../src/sources/wazo/resync/ami-answers.js';
import { ann, bob } from '../../../support/directory-fixture.js';
import {
  callerChannel,
  queueEntryRow,
  queueMemberRow,
  queueParams,
} from '../../../support/fake-wazo/live-state.js';
import { CALLER } from '../../../support/story.js';

const began = { Response: 'Success', EventList: 'start' };
const queuesEnd = { Event: 'QueueStatusComplete', EventList: 'Complete' };
const channelsEnd = { Event: 'CoreShowChannelsComplete', EventList: 'Complete' };
const refused = { Response: 'Error', Message: 'Permission denied' };

describe('the answer to QueueStatus', () => {
  it('is one entry for each queue, with its members and callers', () => {
    const { queues, unreadable } = readQueueStatus([
      began,
      queueParams('sales'),
      queueMemberRow(ann, 'sales', { Paused: '1' }),
      queueMemberRow(bob, 'sales'),
      queueEntryRow(CALLER, 40),
      queueParams('support'),
      queuesEnd,
    ]);
    expect(unreadable).toEqual([]);
    expect(queues).toMatchObject([
      {
        name: 'sales',
        members: [
          { Interface: 'Local/id-42@agentcallback', Name: 'Agent/1042', Paused: true },
          { Interface: 'Local/id-43@agentcallback', Paused: false },
        ],
        entries: [{ Uniqueid: CALLER.uniqueid, CallerIDNum: CALLER.number, Wait: 40 }],
      },
      { name: 'support', members: [], entries: [] },
    ]);
  });

  it('leaves out a queue of which a row cannot be read: it would look emptier than it is', () => {
    const { queues, unreadable } = readQueueStatus([
      queueParams('sales'),
      queueMemberRow(ann, 'sales', { Location: undefined }),
      queueParams('support'),
      queueMemberRow(bob, 'support'),
      queuesEnd,
    ]);
    expect(queues.map(({ name }) => name)).toEqual(['support']);
    expect(unreadable).toHaveLength(1);
  });

  it('takes a caller whose wait is not told', () => {
    const entry = { ...queueEntryRow(CALLER, 1), Wait: 'long' };
    const { queues } = readQueueStatus([queueParams('sales'), entry, queuesEnd]);
    expect(queues[0]?.entries).toMatchObject([{ Uniqueid: CALLER.uniqueid, Wait: undefined }]);
  });

  it.each([
    ['refused', [refused]],
    ['cut', [began, queueParams('sales')]],
    ['empty', []],
  ])('that is %s says nothing', (_name, rows) => {
    expect(() => readQueueStatus(rows)).toThrow(AmiAnswerFault);
  });
});

describe('the answer to CoreShowChannels', () => {
  it('is the channels, in the spelling of any version', () => {
    const { BridgeId, ...row } = callerChannel(CALLER, 'b1');
    expect(BridgeId).toBe('b1');
    const rows = [began, callerChannel(CALLER, 'b1'), { ...row, BridgeID: 'b2' }, channelsEnd];
    expect(readChannels(rows)).toMatchObject([
      { Uniqueid: CALLER.uniqueid, BridgeId: 'b1' },
      { Uniqueid: CALLER.uniqueid, BridgeId: 'b2' },
    ]);
  });

  it.each([
    ['refused', [refused]],
    ['cut', [began, callerChannel(CALLER)]],
    ['unreadable', [{ ...callerChannel(CALLER), Uniqueid: '' }, channelsEnd]],
  ])('that is %s says nothing', (_name, rows) => {
    expect(() => readChannels(rows)).toThrow(AmiAnswerFault);
  });
});

describe('the answer to CoreStatus', () => {
  it('says when Asterisk started', () => {
    const row = { CoreStartupDate: '2026-11-20', CoreStartupTime: '03:00:00' };
    expect(readStartTime([{ Response: 'Success' }, row])).toBe('2026-11-20 03:00:00');
  });

  it('that does not is a fault', () => {
    expect(() => readStartTime([refused])).toThrow(AmiAnswerFault);
  });
});
