import type {
  ConnectedCaller,
  ExistingQueueSnapshot,
  MemberFacts,
  MemberRef,
  MemberSnapshot,
  OfferRef,
  Snapshot,
  WaitingCaller,
} from '../../../src/contact-center/index.js';
import { queueIds } from '../../support/directory-fixture.js';
import { START, WRAP_UP_SECONDS } from './story.js';

/** The id under which the stories' snapshots begin. */
const snapshotId = 'audit';

export const begun = { kind: 'snapshot-begun', snapshotId } as const;

/** A snapshot with the parts given. */
export function snapshotOf(parts: Omit<Snapshot, 'kind' | 'at' | 'snapshotId'>) {
  return { kind: 'snapshot', snapshotId, ...parts } as const;
}

/** Sales, without members and callers but for `parts`. */
export function salesWith(parts: Partial<ExistingQueueSnapshot> = {}): ExistingQueueSnapshot {
  return { queueId: queueIds.sales, exists: true, members: [], waiting: [], ...parts };
}

/** A member with an idle device, unless `facts` say otherwise. */
export function memberIs(member: MemberRef, facts: MemberFacts = {}): MemberSnapshot {
  return { member, facts: { device: 'idle', paused: false, ...facts } };
}

/** What a snapshot says of the caller whom `callerFacts` tells of. */
export function callerIs(legId: string) {
  const caller = {
    legId,
    callId: `call ${legId}`,
    callerNumber: '+1',
    callerName: 'One',
    targetNumber: '3000',
  };
  const offer = (member: MemberRef): OfferRef => ({
    offerId: `${legId} ${member.memberId}`,
    member,
    memberNumber: '1042',
  });
  return {
    waiting: (ringing?: readonly MemberRef[], joinedAt = START): WaitingCaller =>
      ringing === undefined
        ? { ...caller, joinedAt }
        : { ...caller, joinedAt, ringing: ringing.map(offer) },
    connected: (member: MemberRef, connectedAt = START): ConnectedCaller => ({
      ...caller,
      ...offer(member),
      connectedAt,
      wrapUpSeconds: WRAP_UP_SECONDS,
    }),
  };
}
