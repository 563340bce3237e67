import { describe, expect, it } from 'vitest';
import type { CallbackChangeEvent, CallbackRequest } from '../../../src/contact-center/index.js';
import { mapCallbackChanged } from '../../../src/rte/callback-mapper.js';
import { guidOf, ids, organizationId } from './fixtures/directory.js';

const NOW = Date.parse('2026-11-21T10:00:00.123Z');
const EVENT_ID = '01900000-0000-7000-8000-000000000001';

const request: CallbackRequest = {
  id: guidOf(51),
  callListId: ids.salesList,
  organizationId,
  version: 1,
  typeId: 2,
  contactNumber: '+15551234567',
  contactName: 'Some One',
  contactMessage: '',
  note: '',
  queueId: ids.sales,
  channelIn: 'Sales',
  callId: guidOf(52),
  recordingId: null,
  transcriptId: null,
  classificationId: null,
  priority: null,
  creationTime: NOW - 1_123,
  modified: NOW - 123,
  assignedUserId: null,
  lastModifiedUserId: null,
  dueDate: null,
  notBefore: null,
  expiryDate: null,
  isClosed: false,
  attempts: [],
  extras: [],
  relatedItems: [],
};

const expected = {
  rootEntityType: 'Organization',
  rootEntityId: organizationId,
  eventType: 'CallbackChanged',
  entityType: 'CallList',
  entityId: ids.salesList,
  organizationId,
  id: EVENT_ID,
  timestamp: '2026-11-21T10:00:00.123Z',
  messageTTLSeconds: 120,
  callBackId: guidOf(51),
  callListId: ids.salesList,
  modified: '2026-11-21T10:00:00.000Z',
  assignedUserId: null,
  lastAttemptUserId: null,
  lastModifiedUserId: null,
  lastAttemptTypeId: null,
  contactName: 'Some One',
  contactNumber: '+15551234567',
  contactMessage: '',
  note: '',
  queueId: ids.sales,
  channelIn: 'Sales',
  creationTime: '2026-11-21T09:59:59.000Z',
  created: true,
  isClosed: false,
  recordingId: null,
  typeId: 2,
  dueDate: null,
  callId: guidOf(52),
  transcriptId: null,
  classificationId: null,
  expiryDate: null,
  lastAttemptTimestamp: null,
  lastAttemptNote: null,
  calculatedPriority: null,
  notBefore: null,
  callbackAttempts: null,
  callbackExtras: null,
  callbackRelatedItems: null,
};

function dataOf(changes: Partial<CallbackRequest>, created: boolean) {
  const event: CallbackChangeEvent = {
    request: { ...request, ...changes },
    created,
    eventId: EVENT_ID,
    timestamp: NOW,
  };
  return mapCallbackChanged(event).data;
}

describe('CallbackChanged', () => {
  it('has every field of a new request, and the id of the change', () => {
    expect(dataOf({}, true)).toEqual(expected);
  });

  it('has everything that a request can carry', () => {
    const attempt = { userId: ids.ann, note: 'nobody there', callId: null } as const;
    const first = { ...attempt, id: guidOf(61), typeId: 2, timestamp: NOW - 5_123 } as const;
    const last = {
      ...attempt,
      id: guidOf(62),
      typeId: 1,
      timestamp: NOW - 4_123,
      note: 'sold',
      callId: guidOf(63),
    } as const;
    const related = { callBackId: guidOf(64), callListId: ids.salesList, at: NOW } as const;
    const full: Partial<CallbackRequest> = {
      isClosed: true,
      assignedUserId: ids.ann,
      lastModifiedUserId: ids.bob,
      contactMessage: 'please call',
      note: 'a note',
      recordingId: guidOf(65),
      transcriptId: guidOf(66),
      classificationId: guidOf(67),
      priority: 'high',
      dueDate: NOW,
      notBefore: NOW - 123,
      expiryDate: NOW + 877,
      attempts: [first, last],
      extras: [{ name: 'contract', value: '42' }],
      relatedItems: [
        { ...related, relation: 'repeated-call', callId: guidOf(68) },
        { ...related, relation: 'repeated-request', callId: null },
      ],
    };
    expect(dataOf(full, false)).toEqual({
      ...expected,
      created: false,
      isClosed: true,
      assignedUserId: ids.ann,
      lastModifiedUserId: ids.bob,
      contactMessage: 'please call',
      note: 'a note',
      recordingId: guidOf(65),
      transcriptId: guidOf(66),
      classificationId: guidOf(67),
      calculatedPriority: 'high',
      dueDate: '2026-11-21T10:00:00.123Z',
      notBefore: '2026-11-21T10:00:00.000Z',
      expiryDate: '2026-11-21T10:00:01.000Z',
      lastAttemptUserId: ids.ann,
      lastAttemptTypeId: 1,
      lastAttemptTimestamp: '2026-11-21T09:59:56.000Z',
      lastAttemptNote: 'sold',
      callbackAttempts: [
        { ...first, timestamp: '2026-11-21T09:59:55.000Z' },
        { ...last, timestamp: '2026-11-21T09:59:56.000Z' },
      ],
      callbackExtras: [{ name: 'contract', value: '42' }],
      callbackRelatedItems: [
        {
          callBackId: guidOf(64),
          callListId: ids.salesList,
          relation: `repeated-call ${guidOf(68)}`,
        },
        { callBackId: guidOf(64), callListId: ids.salesList, relation: 'repeated-request' },
      ],
    });
  });
});
