import type { QueueCalls } from './queue-calls.js';
import type { Offer } from './queue-offer.js';
import { type QueueVisit, VISIT_TOLD } from './queue-visit.js';
import { subject } from './fact-subjects.js';
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
  isSameStay,
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
      // A caller who is answered, or leaves, ends the ringing, whether or not the legs' ends were told.
      if ((visit.connected ?? visit.leftAt) !== undefined) continue;
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
    const isKnownBetter = isRecent({ ...caller, queueId }, context);
    const isOfThis = known !== undefined && !hasLeft && isSameStay(known, caller);
    if (isKnownBetter && !isOfThis) return;
    const isOpen = known !== undefined && phase !== 'over' && known.told !== VISIT_TOLD.over;
    const found = isOpen ? known : this.#find(queueId, caller, context);
    const visit = isKnownBetter ? found : waitInVisit(found, caller);
    if (visit !== known) {
      changes.corrected('visits');
      this.#queueCalls.keep(visit, at, changes);
    }
    this.#replaceOffers(visit, offerInVisit(visit, caller.ringing, context), context);
  }

  /** A stay of which events told nothing, or but that members were rung since the snapshot began. */
  #find(
    queueId: string,
    caller: WaitingCaller | ConnectedCaller,
    { at, recent, changes }: SnapshotContext,
  ): QueueVisit {
    const earlier = this.#visits.get(queueId, caller.legId);
    if (earlier === undefined) return findVisit(queueId, caller, at);
    this.#queueCalls.keep(earlier, Infinity, changes);
    const { offers = [] } = this.#visits.get(queueId, caller.legId) ?? {};
    const rung = offers.filter(({ offerId }) => recent.has(subject.offer(offerId)));
    return { ...findVisit(queueId, caller, at), offers: rung.map(silence) };
  }

  #connect(queueId: string, caller: ConnectedCaller, context: SnapshotContext): void {
    const { at, changes } = context;
    const known = this.#visits.get(queueId, caller.legId);
    const phase = known === undefined ? 'over' : visitPhase(known, at);
    const isConnected = phase === 'connected' && known?.connected !== undefined;
    if (isConnected || isRecent({ ...caller, queueId }, context)) return;
    const isOpen = known !== undefined && phase !== 'over' && known.told !== VISIT_TOLD.over;
    const visit = isOpen ? known : this.#find(queueId, caller, context);
    const news = connectVisit(visit, caller);
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
      return !mayBeWith(visit, talks.member.memberId);
    case 'announced':
    case 'over':
      return false;
  }
}

/** Whether the caller talks to the member as far as is known: who answered may not be. */
function mayBeWith({ connected }: QueueVisit, memberId: string): boolean {
  return connected === undefined || connected.member.memberId === memberId;
}

/** Of an offer in a stay that seemed to be over, clients were not told; nor need they be of its end. */
function silence(offer: Offer): Offer {
  if (offer.told !== 'nothing') return offer;
  return { ...offer, told: offer.ended ? 'cancelled' : 'silent' };
}

/** Whether events told since of the stay, or of the leg whose end is its end. */
function isRecent(
  { queueId, legId }: { readonly queueId: string; readonly legId: string },
  { recent }: SnapshotContext,
): boolean {
  return recent.has(subject.visit(queueId, legId)) || recent.has(subject.leg(legId));
}
