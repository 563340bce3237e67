import type { QueueCalls } from './queue-calls.js';
import type { QueueVisit } from './queue-visit.js';
import { subject } from './recent-facts.js';
import type { SnapshotContext } from './snapshot-context.js';
import type {
  CallsSnapshot,
  ConnectedCaller,
  ExistingQueueSnapshot,
  QueueSnapshot,
  WaitingCaller,
} from './snapshot-events.js';
import { visitPhase } from './visit-phase.js';
import {
  connectVisit,
  endOffers,
  findVisit,
  loseVisit,
  offerInVisit,
  waitInVisit,
} from './visit-snapshot.js';
import type { VisitTable } from './visit-table.js';

/** Makes the stays of callers in queues what snapshots say, but for what events told since. */
export class VisitSnapshots {
  readonly #visits: VisitTable;
  readonly #queueCalls: QueueCalls;

  constructor(visits: VisitTable, queueCalls: QueueCalls) {
    this.#visits = visits;
    this.#queueCalls = queueCalls;
  }

  applyQueue(snapshot: QueueSnapshot, context: SnapshotContext): void {
    const { queueId } = snapshot;
    const listed = snapshot.exists ? snapshot : { waiting: [], connected: [] };
    for (const visit of this.#visits.inQueue(queueId)) {
      const { legId } = visit;
      if (context.recent.has(subject.visit(queueId, legId))) continue;
      if (isMissing(visit, listed, context.at)) this.#lose(visit, context);
    }
    for (const caller of listed.waiting) this.#wait(queueId, caller, context);
    for (const caller of listed.connected ?? []) this.#connect(queueId, caller, context);
  }

  /** Ends the stays whose caller's leg does not live, and the offers whose leg does not. */
  applyLegs(
    { queueIds }: CallsSnapshot,
    liveLegIds: ReadonlySet<string>,
    context: SnapshotContext,
  ): void {
    for (const visit of queueIds.flatMap((queueId) => this.#visits.inQueue(queueId))) {
      if (!liveLegIds.has(visit.legId) && !isRecent(visit, context)) {
        this.#lose(visit, context);
        continue;
      }
      const next = endOffers(visit, ({ offerId }) => !liveLegIds.has(offerId), context);
      this.#replaceOffers(visit, next, context);
    }
  }

  #lose(visit: QueueVisit, { at, changes }: SnapshotContext): void {
    changes.corrected('visits');
    this.#queueCalls.keep(loseVisit(visit, at), at, changes);
  }

  #wait(queueId: string, caller: WaitingCaller, context: SnapshotContext): void {
    const { at, changes } = context;
    const known = this.#visits.get(queueId, caller.legId);
    const phase = known === undefined ? 'over' : visitPhase(known, at);
    if (phase === 'connected') return;
    const hasLeft = phase === 'over' || known?.leftAt !== undefined;
    if (hasLeft && isRecent({ ...caller, queueId }, context)) return;
    if (known?.leftAt !== undefined) this.#queueCalls.keep(known, Infinity, changes);
    const isNew = known === undefined || hasLeft;
    const visit = waitInVisit(isNew ? findVisit(queueId, caller, at) : known, caller);
    if (isNew || phase === 'announced') {
      changes.corrected('visits');
      this.#queueCalls.keep(visit, at, changes);
    }
    this.#replaceOffers(visit, offerInVisit(visit, caller.ringing, context), context);
  }

  #connect(queueId: string, caller: ConnectedCaller, context: SnapshotContext): void {
    const { at, changes } = context;
    const known = this.#visits.get(queueId, caller.legId);
    const phase = known === undefined ? 'over' : visitPhase(known, at);
    if (phase === 'connected' || isRecent({ ...caller, queueId }, context)) return;
    const isNew = known === undefined || phase === 'over';
    const news = connectVisit(isNew ? findVisit(queueId, caller, at) : known, caller);
    changes.corrected('visits');
    changes.happened(...news.occurrences);
    this.#queueCalls.keep(news.visit, at, changes);
  }

  #replaceOffers(before: QueueVisit, after: QueueVisit, { at, changes }: SnapshotContext): void {
    if (after === before) return;
    changes.corrected('offers');
    this.#queueCalls.keep(after, at, changes);
  }
}

type Listed = Pick<ExistingQueueSnapshot, 'waiting' | 'connected'>;

/** Whether the lists say that the stay is over. One that has just left is decided by its grace. */
function isMissing(visit: QueueVisit, { waiting, connected }: Listed, at: number): boolean {
  const { legId, leftAt } = visit;
  const waits = waiting.some((caller) => caller.legId === legId);
  const talks = connected?.find((caller) => caller.legId === legId);
  switch (visitPhase(visit, at)) {
    case 'waiting':
    case 'allocated':
      return !waits && talks === undefined && leftAt === undefined;
    case 'connected':
      if (waits) return true;
      if (talks === undefined) return connected !== undefined;
      return talks.member.memberId !== visit.connected?.member.memberId;
    case 'announced':
    case 'over':
      return false;
  }
}

/** Whether events told since of the stay, or of the leg whose end is its end. */
function isRecent(
  { queueId, legId }: { readonly queueId: string; readonly legId: string },
  { recent }: SnapshotContext,
): boolean {
  return recent.has(subject.visit(queueId, legId)) || recent.has(subject.leg(legId));
}
