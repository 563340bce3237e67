import type { AgentLogins } from './agent-logins.js';
import type { MemberFacts } from './events.js';
import { SNAPSHOT_SLACK_MS } from './limits.js';
import type { MemberTable } from './member-table.js';
import {
  newMember,
  type QueueMember,
  runningWrapUp,
  startWrapUp,
  type WrapUp,
} from './queue-member.js';
import { subject } from './fact-subjects.js';
import type { SnapshotContext } from './snapshot-context.js';
import type {
  AgentSnapshot,
  MemberSnapshot,
  QueueSnapshot,
  WrapUpSnapshot,
} from './snapshot-events.js';
import { wrapUpEnded } from './wrap-up-occurrences.js';

/** Makes the members of queues what snapshots say, but for what events told since. */
export class MemberSnapshots {
  readonly #members: MemberTable;
  readonly #logins: AgentLogins;

  constructor(members: MemberTable, logins: AgentLogins) {
    this.#members = members;
    this.#logins = logins;
  }

  applyQueue(snapshot: QueueSnapshot, context: SnapshotContext): void {
    const { queueId } = snapshot;
    const listed = snapshot.exists ? snapshot.members : [];
    const memberIds = new Set(listed.map(({ member }) => member.memberId));
    for (const known of this.#members.inQueue(queueId)) {
      if (!memberIds.has(known.member.memberId)) this.#drop(known, context);
    }
    for (const said of listed) this.#applyMember(queueId, said, context);
  }

  /** `listed` are the queues whose members the same snapshot lists. */
  applyAgent(
    { member, loggedIn }: AgentSnapshot,
    listed: ReadonlySet<string>,
    context: SnapshotContext,
  ): void {
    const { recent, changes } = context;
    const { memberId, userIds } = member;
    if (recent.has(subject.login(memberId))) return;
    for (const userId of userIds) {
      const isServing = this.#members.ofUser(userId).length > 0;
      if (loggedIn !== this.#logins.isLoggedIn(userId) && !isServing) {
        changes.corrected('agents');
        changes.user(userId);
      }
      this.#logins.setLoggedIn(userId, loggedIn);
    }
    if (loggedIn) return;
    for (const login of this.#members.ofMember(memberId)) {
      if (!listed.has(login.queueId)) this.#drop(login, context);
    }
  }

  /** The user stands behind no member any more; the members themselves stay. */
  forgetUser(userId: string, { changes }: SnapshotContext): void {
    for (const login of this.#members.ofUser(userId)) {
      this.#members.touch(login.member, changes);
      const userIds = login.member.userIds.filter((id) => id !== userId);
      this.#members.replace({ ...login, member: { ...login.member, userIds } });
    }
  }

  #drop(known: QueueMember, { recent, at, changes }: SnapshotContext): void {
    const { queueId, member } = known;
    if (recent.has(subject.member(queueId, member.memberId))) return;
    changes.corrected('members');
    this.#logins.drop(known, at, changes);
  }

  #applyMember(queueId: string, said: MemberSnapshot, context: SnapshotContext): void {
    const { recent, changes } = context;
    const { member, facts } = said;
    const known = this.#members.get(queueId, member.memberId);
    if (known === undefined && recent.has(subject.member(queueId, member.memberId))) return;
    const told = recent.memberFacts(queueId, member.memberId);
    const before = known ?? newMember(queueId, member, { ...facts, ...told });
    const { wrapUp: _before, ...rest } = { ...withFacts(before, facts, told), member };
    const wrapUp = wrapUpAfter(before, said, context);
    const after = wrapUp === undefined ? rest : { ...rest, wrapUp };
    if (known !== undefined && isSame(known, after)) return;
    if (known === undefined || !readsSame(known, after)) changes.corrected('members');
    if (known !== undefined) this.#members.touch(known.member, changes);
    this.#members.admit(after);
    this.#members.touch(member, changes);
  }
}

/** The wrap-up after a call that was completed since, when nobody was known then to wrap up. */
function wrapUpSince(
  member: QueueMember,
  { at: now, recent }: SnapshotContext,
): WrapUp | undefined {
  const completion = recent.completion(member.queueId, member.member.memberId);
  if (completion === undefined) return undefined;
  const wrapped = startWrapUp(member, completion.at, completion.wrapUpSeconds, completion);
  const wrapUp = runningWrapUp(wrapped, now);
  return wrapUp && { ...wrapUp, isTold: false };
}

/** The wrap-up as the snapshot has it. The end of one is told if its beginning was. */
function wrapUpAfter(
  known: QueueMember,
  { wrapUp: said }: MemberSnapshot,
  context: SnapshotContext,
): WrapUp | undefined {
  const { recent, at, changes } = context;
  const { wrapUp: before } = known;
  if (recent.has(subject.wrapUps(known.member.memberId))) {
    return before ?? wrapUpSince(known, context);
  }
  if (said === undefined) return before;
  const running = runningWrapUp(known, at);
  const found = said !== null && (said.untilTold === true || said.end > at) ? said : undefined;
  if (isSameWrapUp(running, found, at)) return before;
  changes.corrected('wrap-ups');
  if (running !== undefined && found !== undefined && found.untilTold !== true) {
    return { ...running, end: found.end };
  }
  changes.happened(...wrapUpEnded(known, at));
  return found && { ...found, callId: '', legId: '', isTold: false };
}

/** One that is told to be over is known by its beginning, others by their end. */
function isSameWrapUp(
  running: WrapUp | undefined,
  found: WrapUpSnapshot | undefined,
  at: number,
): boolean {
  if ((found ?? running)?.untilTold === true) {
    if (running === undefined || found === undefined) return false;
    return Math.abs(running.start - found.start) <= SNAPSHOT_SLACK_MS;
  }
  return Math.abs((running?.end ?? at) - (found?.end ?? at)) <= SNAPSHOT_SLACK_MS;
}

/** The member with the facts of the snapshot; unlike those of events they may be a step back. */
function withFacts(known: QueueMember, facts: MemberFacts, recent: MemberFacts): QueueMember {
  const activity = recent.activity ?? facts.activity ?? known.activity;
  return {
    ...known,
    ...(activity === undefined ? {} : { activity }),
    paused: recent.paused === undefined ? (facts.paused ?? known.paused) : known.paused,
    lastPause:
      recent.lastPause === undefined ? (facts.lastPause ?? known.lastPause) : known.lastPause,
    device: recent.device === undefined ? (facts.device ?? known.device) : known.device,
    ringInUse:
      recent.ringInUse === undefined ? (facts.ringInUse ?? known.ringInUse) : known.ringInUse,
    wrapUpSeconds:
      recent.wrapUpSeconds === undefined
        ? (facts.wrapUpSeconds ?? known.wrapUpSeconds)
        : known.wrapUpSeconds,
    loginTime:
      recent.loginTime === undefined ? (facts.loginTime ?? known.loginTime) : known.loginTime,
  };
}

function isSame(before: QueueMember, after: QueueMember): boolean {
  return (
    readsSame(before, after) &&
    before.lastPause === after.lastPause &&
    before.loginTime === after.loginTime &&
    before.wrapUp === after.wrapUp
  );
}

/** Whether nobody can tell the two apart, wrap-ups aside. */
function readsSame(before: QueueMember, after: QueueMember): boolean {
  return (
    before.paused === after.paused &&
    before.device === after.device &&
    before.activity === after.activity &&
    before.ringInUse === after.ringInUse &&
    before.wrapUpSeconds === after.wrapUpSeconds &&
    before.member.userIds.join() === after.member.userIds.join()
  );
}
