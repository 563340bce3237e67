import {
  isServing,
  type MemberCircumstances,
  type MemberState,
  memberState,
} from './member-state.js';
import type { PresenceTable } from './presence-table.js';
import type { QueueMember } from './queue-member.js';
import { busyMembers } from './visit-phase.js';
import type { VisitTable } from './visit-table.js';

/** Where the circumstances of members show. */
interface CircumstanceTables {
  readonly visits: VisitTable;
  readonly presences: PresenceTable;
}

/** Judges members of queues by themselves and by what others know of them. Times are epoch ms. */
export class MemberStates {
  readonly #tables: CircumstanceTables;

  constructor(tables: CircumstanceTables) {
    this.#tables = tables;
  }

  /** @param userIds those of its users who count; all of them unless told */
  stateOf(member: QueueMember, now: number, userIds?: readonly string[]): MemberState {
    return memberState(member, now, this.#circumstances(member, now, userIds));
  }

  isServing(member: QueueMember, now: number): boolean {
    return isServing(member, this.#circumstances(member, now));
  }

  #circumstances(
    { member }: QueueMember,
    now: number,
    userIds: readonly string[] = member.userIds,
  ): MemberCircumstances {
    const { presences } = this.#tables;
    return {
      busy: presences.isAnyOnPhone(userIds) || this.#isBusy(member.memberId, now),
      doNotDisturb: presences.areAllDisturbed(userIds),
      unreachable: presences.areAllUnreachable(userIds),
    };
  }

  #isBusy(memberId: string, now: number): boolean {
    return this.#tables.visits
      .ofMember(memberId)
      .some((visit) => busyMembers(visit, now).some((member) => member.memberId === memberId));
  }
}
