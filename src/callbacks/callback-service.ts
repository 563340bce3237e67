import { v7 as uuidV7 } from 'uuid';
import type {
  CallbackChangeEvent,
  CallbackMade,
  CallbackRequest,
  CallerUnserved,
} from '../contact-center/index.js';
import type { Author } from './callback-changes.js';
import { MAX_WAITING_CHANGES } from './callback-limits.js';
import type { CallbackLogger } from './callback-logger.js';
import type {
  AttemptDraft,
  CallbackClosing,
  CallbackDraft,
  CallbackOperations,
  CallbackPage,
  CallbackPatch,
  CallbackQuery,
  ChangeOutcome,
  ChangeTarget,
  CreateOutcome,
} from './callback-operations.js';
import { isNumber } from './callback-requests.js';
import type { CallbackRules } from './callback-rules.js';
import { type AnsweredCaller, closeServed, collectCaller, noteCallback } from './caller-changes.js';
import { ChangeQueue } from './change-queue.js';
import { ChangeRecorder } from './change-recorder.js';
import { OutboxRelay } from './outbox-relay.js';
import {
  changeRequest,
  createRequest,
  type Decision,
  decideAttempt,
  decideClosing,
  decideDraft,
  decidePatch,
  decideReopening,
} from './request-changes.js';
import { StoreLink, type StoreState, type StoreUse } from './store-link.js';
import type { CallbackStore } from './store/callback-store.js';
import { Upkeep } from './upkeep.js';
import { within } from './within.js';

export interface CallbackServiceOptions {
  readonly store: CallbackStore;
  readonly rules: CallbackRules;
  /** How long closed requests are kept, milliseconds. */
  readonly retentionMs: number;
  /** Takes the event of each change after the change is kept; again, the same, after a kill. */
  onEvent(event: CallbackChangeEvent): void;
  /** Told whether the store can be used, whenever that changes. */
  onState(state: StoreState): void;
  /** Told how each use of the store ended and how long it took. */
  onUse?(outcome: StoreUse, seconds: number): void;
  readonly logger: CallbackLogger;
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * The callback requests: made of callers whom nobody served, closed when an agent answers the caller
 * after all or when they expire, changed by people, kept in a store, and told of with each change.
 * While the store is away what calls bring waits for it, and people are refused.
 */
export class CallbackService implements CallbackOperations {
  readonly #options: CallbackServiceOptions;
  readonly #link: StoreLink;
  readonly #queue: ChangeQueue;
  readonly #relay: OutboxRelay;
  readonly #recorder: ChangeRecorder;
  readonly #upkeep: Upkeep;

  constructor(options: CallbackServiceOptions) {
    this.#options = options;
    const link = new StoreLink(options);
    this.#link = link;
    this.#relay = new OutboxRelay({ ...options, link, onEvent: (event) => options.onEvent(event) });
    this.#queue = new ChangeQueue({ link, onCommitted: () => this.#relay.wake() });
    this.#recorder = new ChangeRecorder(options.now);
    this.#upkeep = new Upkeep({ ...options, queue: this.#queue, recorder: this.#recorder });
  }

  /**
   * Opens the store and begins.
   * @throws StoreUnavailableError or StoreBrokenError with what the operator has to do
   */
  async open(): Promise<void> {
    await this.#link.open();
    this.#upkeep.start();
  }

  /** Begins, and connects to the store in the background until that succeeds. */
  openSoon(): void {
    this.#link.openSoon();
    this.#upkeep.start();
  }

  /** Writes and tells what waits, as far as the store lets it within the time. */
  async flush(withinMs: number): Promise<void> {
    await within(withinMs, async () => {
      await this.#queue.idle();
      await this.#relay.idle();
    });
  }

  /** Ends it. What still waits for the store is rejected. */
  async stop(): Promise<void> {
    this.#upkeep.stop();
    this.#queue.rejectAll('the hub stopped while the store was away');
    await this.#link.stop();
  }

  /** Entries per table, for metrics. */
  sizes() {
    return {
      entries: { waitingChanges: this.#queue.size, untoldEvents: this.#relay.untold },
      limits: { waitingChanges: MAX_WAITING_CHANGES },
      evictions: this.#queue.refusals,
    };
  }

  /** Resolves when the caller is on the lists; a caller without a number can't be called back. */
  async callerUnserved(call: CallerUnserved): Promise<void> {
    if (!isNumber(call.callerNumber)) return;
    const lists = this.#options.rules.listsFor(call);
    if (lists.length === 0) return;
    await this.#queue.add(collectCaller(lists, call, this.#recorder), 'waits');
  }

  /** Resolves when the caller's requests are closed. */
  async callerAnswered(call: AnsweredCaller): Promise<void> {
    if (!isNumber(call.callerNumber)) return;
    const listIds = this.#options.rules.listsClosedBy(call.queueId);
    if (listIds.length === 0) return;
    await this.#queue.add(closeServed(listIds, call, this.#recorder), 'waits');
  }

  /** Resolves when the attempt to call back is noted, and the request closed if the caller answered. */
  async callbackMade(callback: CallbackMade): Promise<void> {
    if (!isNumber(callback.callerNumber)) return;
    const listIds = this.#options.rules.listsAskedFor(callback.queueId);
    if (listIds.length === 0) return;
    await this.#queue.add(noteCallback(listIds, callback, this.#recorder), 'waits');
  }

  /** Closes what has expired, and deletes what is too old; by itself every few seconds. */
  runUpkeep(): Promise<void> {
    return this.#upkeep.run();
  }

  find(id: string): Promise<CallbackRequest | undefined> {
    return this.#link.use((store) => store.find(id));
  }

  list(query: CallbackQuery): Promise<CallbackPage> {
    return this.#link.use((store) => store.list(query));
  }

  async create(draft: CallbackDraft, by: string | null): Promise<CreateOutcome> {
    const list = this.#options.rules.findList(draft.callListId);
    const author = this.#author(by);
    const decision = decideDraft(uuidV7(), list, draft, author, this.#maySee);
    if ('faults' in decision) return { kind: 'invalid', faults: decision.faults };
    return this.#queue.add(createRequest(decision.request, author, this.#recorder), 'refused');
  }

  update(target: ChangeTarget, patch: CallbackPatch): Promise<ChangeOutcome> {
    const author = this.#author(target.by);
    return this.#change(target, (request) => decidePatch(request, patch, author, this.#maySee));
  }

  addAttempt(target: ChangeTarget, attempt: AttemptDraft): Promise<ChangeOutcome> {
    const [id, author] = [uuidV7(), this.#author(target.by)];
    return this.#change(target, (request) => decideAttempt(request, id, attempt, author));
  }

  close(target: ChangeTarget, closing: CallbackClosing): Promise<ChangeOutcome> {
    const [id, author] = [uuidV7(), this.#author(target.by)];
    return this.#change(target, (request) => decideClosing(request, id, closing, author));
  }

  reopen(target: ChangeTarget): Promise<ChangeOutcome> {
    const author = this.#author(target.by);
    return this.#change(target, (request) => decideReopening(request, author), true);
  }

  #change(
    target: ChangeTarget,
    decide: (request: CallbackRequest) => Decision,
    mayBeClosed = false,
  ): Promise<ChangeOutcome> {
    const change = changeRequest(target, { mayBeClosed }, decide, this.#recorder);
    return this.#queue.add(change, 'refused');
  }

  readonly #maySee = (userId: string, callListId: string): boolean =>
    this.#options.rules.maySee(userId, callListId);

  #author(by: string | null): Author {
    return { by, at: this.#options.now() };
  }
}
