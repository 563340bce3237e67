import type { QueueSnapshot, Snapshot } from '../../../contact-center/index.js';
import type { Directory } from '../../../directory/types.js';
import { WazoIndex } from '../wazo-index.js';
import type { AmiQueues } from './ami-answers.js';
import { callsSnapshot, legOwners } from './call-snapshots.js';
import { type KnownCalls, queueSnapshot } from './queue-snapshots.js';
import { Served } from './served.js';
import { settle } from './settle.js';
import type { SnapshotScope } from './snapshot-scope.js';
import { askServices, failuresOf, type StateAnswers, unreadableOf } from './state-answers.js';
import type { ReadOrder, StatePart, StateServices } from './state-parts.js';
import { agentSnapshots, userSnapshots } from './user-snapshots.js';

/** What a snapshot says of the state. */
export type SnapshotParts = Pick<Snapshot, 'queues' | 'agents' | 'calls' | 'users'>;

/** The state as far as it could be read. */
export interface Reading {
  readonly state: SnapshotParts;
  readonly failures: ReadonlyMap<StatePart, unknown>;
  /** What was wrong with single entities, which were left out. */
  readonly unreadable: readonly string[];
}

export interface StateReaderOptions {
  readonly services: StateServices;
  readonly directory: { readonly current: Directory };
  /** Epoch ms. */
  readonly now: () => number;
}

/** Reads the state of a Wazo, each part as far as its services answer. */
export class StateReader {
  readonly #options: StateReaderOptions;
  readonly #served = new Served();
  #originUuid = '';

  constructor(options: StateReaderOptions) {
    this.#options = options;
  }

  /** Users and queues remembered, for metrics. */
  get size(): number {
    return this.#served.size;
  }

  /** Asks the services. Never rejects: what fails is in `failures`. */
  async read(order: ReadOrder): Promise<Reading> {
    const { services, directory, now } = this.#options;
    const [answers] = await Promise.all([
      askServices(services, order),
      this.#learnOrigin(order.originUuid),
    ]);
    const index = new WazoIndex(directory.current);
    const scope = { index, at: now(), originUuid: this.#originUuid };
    const before = new Set(this.#served.within(directory.current).queueIds);
    this.#learn(answers, index);
    const isWhole = order.parts.has('calls') || order.parts.has('queues');
    return {
      state: this.#stateOf(answers, isWhole ? before : new Set(), scope),
      failures: failuresOf(answers),
      unreadable: unreadableOf(answers),
    };
  }

  /** What is left when Asterisk has started anew: no call is what it was. */
  nothing(): SnapshotParts {
    const { userIds, queueIds } = this.#served.within(this.#options.directory.current);
    return { calls: { userIds, queueIds, legs: [], otherLegIds: [] } };
  }

  /** Without it the ids of calls are those of another system; the next run gets it right. */
  async #learnOrigin(told: string): Promise<void> {
    if (told !== '') this.#originUuid = told;
    if (this.#originUuid !== '') return;
    const { value = '' } = await settle(true, () => this.#options.services.confd.originUuid());
    this.#originUuid = value;
  }

  #learn({ queues, calls, presences, users }: StateAnswers, index: WazoIndex): void {
    for (const { name } of queues.value?.queues ?? []) this.#served.addQueue(index.queue(name));
    for (const { uuid } of users.value?.items ?? []) this.#served.addUser(index.user(uuid));
    for (const { uuid } of presences.value?.items ?? []) this.#served.addUser(index.user(uuid));
    for (const { user_uuid: uuid } of calls.value?.items ?? []) {
      if (uuid) this.#served.addUser(index.user(uuid));
    }
  }

  #stateOf(
    { queues, channels, calls, agents, presences, users }: StateAnswers,
    queueIdsBefore: ReadonlySet<string>,
    scope: SnapshotScope,
  ): SnapshotParts {
    const owners = legOwners(calls.value?.items ?? [], scope);
    const known = channels.value === undefined ? undefined : { channels: channels.value, owners };
    const spoken = this.#served.within(this.#options.directory.current);
    const callsTold = callsSnapshot(calls.value?.items, channels.value, spoken, scope);
    return {
      ...(queues.value === undefined
        ? {}
        : { queues: queueSnapshots(queues.value, queueIdsBefore, known, scope) }),
      ...(agents.value === undefined ? {} : { agents: agentSnapshots(agents.value.items, scope) }),
      ...(callsTold === undefined ? {} : { calls: callsTold }),
      users: userSnapshots(presences.value?.items ?? [], users.value?.items ?? [], scope),
    };
  }
}

/** Queues that Asterisk had before and has no more do not exist. */
function queueSnapshots(
  { queues, unreadable }: AmiQueues,
  queueIdsBefore: ReadonlySet<string>,
  known: KnownCalls | undefined,
  scope: SnapshotScope,
): QueueSnapshot[] {
  const found = queues.flatMap((asterisk): QueueSnapshot[] => {
    const queue = scope.index.queue(asterisk.name);
    return queue === undefined ? [] : [queueSnapshot(asterisk, queue, known, scope)];
  });
  // One that could not be read is left out of the list, and is there all the same.
  if (unreadable.length > 0) return found;
  const ids = new Set(found.map(({ queueId }) => queueId));
  const gone = [...queueIdsBefore].filter((queueId) => !ids.has(queueId));
  return [...found, ...gone.map((queueId) => ({ queueId, exists: false as const }))];
}
