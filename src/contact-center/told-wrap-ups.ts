import type { ChangeSet } from './change-set.js';
import type { WrapUpEvent } from './events.js';
import { MAX_WRAP_UP_SECONDS } from './limits.js';
import type { MemberTable } from './member-table.js';
import { type QueueMember, withoutWrapUp, type WrapUp } from './queue-member.js';
import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import type { VisitTable } from './visit-table.js';
import { wrapUpEnded, wrapUpStarted } from './wrap-up-occurrences.js';

/** The wrap-ups of members whose systems tell of their beginning and end. */
export class ToldWrapUps {
  readonly #members: MemberTable;
  readonly #visits: VisitTable;

  constructor(members: MemberTable, visits: VisitTable) {
    this.#members = members;
    this.#visits = visits;
  }

  /**
   * Begins the member's wrap-up, unless it has one. The end of the call that it follows is told
   * first; who ended that may not be known yet.
   */
  begin(
    login: QueueMember,
    { at, call, seconds }: Extract<WrapUpEvent, { kind: 'wrap-up-begun' }>,
    changes: ChangeSet,
  ): void {
    if (login.wrapUp !== undefined) return;
    const { callId, legId } = call ?? { callId: '', legId: '' };
    const isDue = this.#isOpen(login, legId);
    const isTold = call !== undefined && !isDue;
    const times = { start: at, end: at + Math.min(seconds, MAX_WRAP_UP_SECONDS) * 1000 };
    const wrapUp: WrapUp = { ...times, callId, legId, isTold, isDue, untilTold: true };
    const wrappingUp = { ...login, wrapUp };
    if (isTold) changes.happened(...wrapUpStarted(wrappingUp));
    this.#members.replace(wrappingUp);
  }

  /** Tells of the wrap-up that was to be told of after the end of this stay. */
  tellDue({ queueId, legId, connected }: QueueVisit, changes: ChangeSet): void {
    const login = this.#members.get(queueId, connected?.member.memberId ?? '');
    const { wrapUp } = login ?? {};
    if (login === undefined || wrapUp?.isDue !== true || wrapUp.legId !== legId) return;
    const told = { ...login, wrapUp: { ...wrapUp, isTold: true, isDue: false } };
    changes.happened(...wrapUpStarted(told));
    this.#members.replace(told);
  }

  /** The stay after whose end the member's wrap-up is still to be told of. */
  dueAfter({ queueId, wrapUp }: QueueMember): QueueVisit | undefined {
    return wrapUp?.isDue === true ? this.#visits.get(queueId, wrapUp.legId) : undefined;
  }

  /** Ends the member's wrap-up, if it has one. */
  end({ queueId, member }: QueueMember, at: number, changes: ChangeSet): void {
    const known = this.#members.get(queueId, member.memberId);
    if (known?.wrapUp === undefined) return;
    changes.happened(...wrapUpEnded(known, at));
    this.#members.replace(withoutWrapUp(known));
  }

  #isOpen({ queueId, member }: QueueMember, legId: string): boolean {
    const visit = this.#visits.get(queueId, legId);
    if (visit?.connected?.member.memberId !== member.memberId) return false;
    return visit.told < VISIT_TOLD.over;
  }
}
