import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ContactCenter,
  type DomainEvent,
  type Occurrence,
} from '../../../src/contact-center/index.js';
import { randomFrom } from '../../support/shuffle.js';
import { expectPossibleState } from '../../support/invariants.js';
import { type Action, actionNames, ModelCenter, modelQueues, modelUsers } from './model-center.js';
import { snapshotOfModel } from './model-snapshot.js';
import { SECOND } from './story.js';

const everybody = { users: modelUsers, queues: modelQueues };

/** Longer than every grace: after it nothing is open to doubt. */
const QUIET_MS = 3 * SECOND;

/** Some things that happen, of whose events a part gets lost, then a snapshot. */
interface Round {
  /** Their events come in any order, some twice, some never. */
  readonly lost: readonly Action[];
  readonly mangled: Mangling;
  /** What happens from the snapshot's beginning until it is taken, and from then until it is applied. */
  readonly asking: readonly Action[];
  readonly answering: readonly Action[];
  /** What happens after it. */
  readonly live: readonly Action[];
}

/** How large a part of the events gets lost, comes twice or in another place; none to all, from 0 to 1. */
interface Mangling {
  readonly lost: number;
  readonly twice: number;
  readonly mixed: number;
  readonly seed: number;
}

/** Two of them are never as close as times in snapshots are rough. */
const action: fc.Arbitrary<Action> = fc.record({
  name: fc.constantFrom(...actionNames),
  pick: fc.nat({ max: 60 }),
  wait: fc.integer({ min: 1_100, max: 6_000 }),
});

const actions = (maxLength: number) => fc.array(action, { maxLength, size: 'max' });

const share = fc.constantFrom(0, 0.2, 0.5, 0.9);

const mangling: fc.Arbitrary<Mangling> = fc.record({
  lost: share,
  twice: share,
  mixed: share,
  seed: fc.nat(),
});

const faithful: fc.Arbitrary<Mangling> = fc.constant({ lost: 0, twice: 0, mixed: 0, seed: 0 });

function mangle(events: readonly DomainEvent[], { lost, twice, mixed, seed }: Mangling) {
  const random = randomFrom(seed);
  return events
    .filter(() => random() >= lost)
    .flatMap((event) => (random() < twice ? [event, event] : [event]))
    .map((event, index) => ({
      event,
      place: random() < mixed ? random() * events.length : index,
    }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ event }) => event);
}

const roundsWith = (mangled: fc.Arbitrary<Mangling>) =>
  fc.array(
    fc.record({
      lost: actions(60),
      mangled,
      asking: actions(8),
      answering: actions(8),
      live: actions(20),
    }),
    { minLength: 1, maxLength: 2 },
  );

/** Centers that are told of one model, with what they tell. */
class Witness {
  readonly center = new ContactCenter();
  readonly occurrences: Occurrence[] = [];
  readonly corrections: string[] = [];

  take(events: readonly DomainEvent[], now: number): readonly Occurrence[] {
    const before = this.occurrences.length;
    for (const event of events) {
      const changes = this.center.apply(event);
      this.occurrences.push(...changes.occurrences);
      this.corrections.push(...changes.corrections.keys());
      expectPossibleState(this.center, now, everybody);
    }
    return this.occurrences.slice(before);
  }

  tick(now: number): void {
    this.occurrences.push(...this.center.tick(now).occurrences);
    expectPossibleState(this.center, now, everybody);
  }

  /** What the center says. Since when somebody talks depends on what was told when. */
  state(now: number): object {
    return {
      users: modelUsers.map((id) => ({
        ...this.center.userStatus(id, now),
        talkingStatusChanged: undefined,
        availability: this.center.userAvailability(id)?.availability ?? 'Available',
      })),
      queues: modelQueues.map((id) => this.center.queueStatus(id, now)),
    };
  }
}

/** One history, seen by a witness who misses a part and by one who sees all of it. */
class History {
  readonly model = new ModelCenter();
  readonly witness = new Witness();
  readonly oracle = new Witness();
  /** What the witness told because of snapshots alone. */
  readonly bySnapshot: Occurrence[] = [];
  /** What the witness says after each snapshot and in the end. */
  readonly told: object[] = [];
  /** What it should say: what the oracle does, and what is so. */
  readonly so: object[] = [];

  /** Both know the center as it was before anything happened. */
  constructor() {
    const { now: at } = this.model;
    const snapshot = {
      kind: 'snapshot',
      snapshotId: 'first',
      ...snapshotOfModel(this.model),
    } as const;
    for (const { center } of [this.witness, this.oracle]) center.apply({ ...snapshot, at });
  }

  play({ lost, mangled, asking, answering, live }: Round, snapshotId: string): void {
    const missed: DomainEvent[] = [];
    for (const one of lost) missed.push(...this.#happen(one));
    this.witness.tick(this.model.now);
    this.witness.take(mangle(missed, mangled), this.model.now);
    this.witness.tick(this.model.now);
    this.witness.take([{ kind: 'snapshot-begun', at: this.model.now, snapshotId }], this.model.now);
    this.#both(asking);
    const answers = snapshotOfModel(this.model);
    this.#both(answering);
    const { now: at } = this.model;
    const snapshot = { kind: 'snapshot', at, snapshotId, ...answers } as const;
    this.bySnapshot.push(...this.witness.take([snapshot], at));
    this.settle();
    this.#both(live);
    this.settle();
  }

  /** Lets the graces pass, after which nothing is open to doubt. */
  settle(): void {
    this.model.now += QUIET_MS;
    const { now } = this.model;
    this.oracle.tick(now);
    this.witness.tick(now);
    this.told.push(this.witness.state(now), this.#counted(this.witness.center));
    this.so.push(this.oracle.state(now), this.#true());
  }

  #both(things: readonly Action[]): void {
    for (const one of things) {
      const events = this.#happen(one);
      this.witness.tick(this.model.now);
      this.witness.take(events, this.model.now);
    }
  }

  #happen(one: Action): DomainEvent[] {
    const events = this.model.act(one);
    this.oracle.tick(this.model.now);
    this.oracle.take(events, this.model.now);
    return events;
  }

  #counted(center: ContactCenter): object {
    const { now } = this.model;
    return modelQueues.map((id) => {
      const status = center.queueStatus(id, now);
      const { requesters, connected, allocated, agentsCheckedIn, agentsOnWrapUp } = status;
      return { requesters, connected, allocated, agentsCheckedIn, agentsOnWrapUp };
    });
  }

  /** The same figures by counting what is so. */
  #true(): object {
    return modelQueues.map((id) => {
      const callers = [...this.model.callers.values()].filter(({ queueId }) => queueId === id);
      const logins = this.model.agents.flatMap(({ logins: all }) => all.get(id) ?? []);
      return {
        requesters: callers.length,
        connected: callers.filter(({ talk }) => talk !== undefined).length,
        allocated: callers.filter(({ offers }) => offers.length > 0).length,
        agentsCheckedIn: logins.length,
        agentsOnWrapUp: logins.filter((login) => this.model.wrapUpOf(login)).length,
      };
    });
  }
}

function historyOf(rounds: readonly Round[]): History {
  const history = new History();
  for (const [index, round] of rounds.entries()) history.play(round, `round ${String(index)}`);
  return history;
}

/** What may be told because of a snapshot: that something ended. */
const ENDINGS: readonly Occurrence['kind'][] = [
  'queue-call-disconnected',
  'user-call-cancelled',
  'user-call-disconnected',
  'wrap-up-ended',
];

/** Something that happens soon after what was before it. */
const soon = (name: Action['name'], pick = 0): Action => ({ name, pick, wait: 1_100 });

describe('a snapshot after events got lost, came twice or in any order', () => {
  it('says nothing of a caller who came again while it was asked for', () => {
    const none = { lost: 0, twice: 0, mixed: 0, seed: 0 };
    const { told, so } = historyOf([
      {
        lost: [soon('arrive', 0), soon('leave', 0), soon('login', 0), soon('login', 0)],
        mangled: none,
        asking: [],
        answering: [soon('rejoin', 10)],
        live: [],
      },
      {
        lost: [soon('ringAll', 0)],
        mangled: none,
        asking: [],
        answering: [soon('timeOut', 0), soon('rejoin', 4)],
        live: [],
      },
    ]);
    expect(told).toEqual(so);
  });

  it('tells of no end of a ringing of which it did not tell', () => {
    const { witness } = historyOf([
      {
        lost: [soon('arrive')],
        // The caller was announced, and never joined.
        mangled: { lost: 0.5, twice: 0, mixed: 0, seed: 891_985_392 },
        asking: [soon('login'), soon('ring')],
        answering: [soon('noAnswer')],
        live: [],
      },
    ]);
    expect(witness.occurrences.map(({ kind }) => kind)).toEqual([
      'queue-call-incoming',
      'queue-call-overflowed',
    ]);
  });

  it('leads to the state that who saw everything has, at once and from then on', () => {
    fc.assert(
      fc.property(roundsWith(mangling), (rounds) => {
        const { told, so } = historyOf(rounds);
        expect(told).toEqual(so);
      }),
      { numRuns: 80 },
    );
  });

  it('tells of nothing but ends, of nothing twice, and of no call that was not told of', () => {
    fc.assert(
      fc.property(roundsWith(mangling), (rounds) => {
        const history = historyOf(rounds);
        const { bySnapshot, witness } = history;
        for (const one of bySnapshot) {
          expect(ENDINGS).toContain(one.kind);
          if (!('callId' in one)) continue;
          const first = witness.occurrences.find(
            (other) => 'callId' in other && other.callId === one.callId,
          );
          expect(bySnapshot).not.toContain(first);
        }
        expectOnce(history);
      }),
      { numRuns: 30 },
    );
  });

  it('corrects and tells nothing when nothing got lost', () => {
    fc.assert(
      fc.property(roundsWith(faithful), (rounds) => {
        const { bySnapshot, witness, oracle } = historyOf(rounds);
        expect(witness.corrections).toEqual([]);
        expect(bySnapshot).toEqual([]);
        expect(witness.occurrences).toHaveLength(oracle.occurrences.length);
      }),
      { numRuns: 30 },
    );
  });
});

/**
 * Nothing ends twice, but ringing as often as it was told to begin, since who does not answer is rung
 * again, and stays in a queue as often as the caller came to it.
 */
function expectOnce({ bySnapshot, witness, oracle }: History): void {
  for (const one of bySnapshot) {
    const most = one.kind === 'user-call-cancelled' ? ringings(one, witness) : stays(one, oracle);
    const told = bySnapshot.filter((other) => isSame(other, one)).length;
    expect(told).toBeLessThanOrEqual(most);
  }
}

function isSame(one: Occurrence, other: Occurrence): boolean {
  return JSON.stringify({ ...one, at: undefined }) === JSON.stringify({ ...other, at: undefined });
}

function ringings(end: Extract<Occurrence, { userId: string }>, { occurrences }: Witness): number {
  return occurrences.filter(
    (one) =>
      one.kind === 'user-call-allocated' && isSameCall(one, end) && one.userId === end.userId,
  ).length;
}

/** At least one: of most things there is no more. */
function stays(end: Occurrence, { occurrences }: Witness): number {
  if (end.kind !== 'queue-call-disconnected') return 1;
  const begun = occurrences.filter(
    (one) =>
      one.kind === 'queue-call-arrived' && isSameCall(one, end) && one.queueId === end.queueId,
  );
  return Math.max(begun.length, 1);
}

function isSameCall(one: { readonly callId: string }, other: object): boolean {
  return 'callId' in other && other.callId === one.callId;
}
