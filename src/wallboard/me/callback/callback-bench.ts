import { signal, type ReadonlySignal } from '@preact/signals';
import type { Rest } from '../../shell/rest.js';
import { RestError } from '../../shell/rest-error.js';
import { text } from '../../texts/index.js';
import { callbackAnswer } from '../answers.js';
import { problemWords } from '../problem-words.js';
import type { Callback, Outcome } from './callback.js';
import type { CallbackFeed } from './callback-feed.js';
import {
  assignment,
  attemptChange,
  type CallbackWork,
  type Change,
  isDirty,
  noteChange,
  openedWork,
  type WorkStep,
  withStep,
} from './callback-work.js';
import { differences } from './difference.js';

/** Requests with something typed in them that can lie open: nobody has more in mind at once. */
const MAX_OPEN_WORKS = 20;

/** A request that was closed here. */
interface Closed {
  readonly callback: Callback;
  /** Why it could not be opened again, in words; empty for no reason. */
  readonly problem: string;
}

/** The requests that lie open on the page, and the changing of them. */
export class CallbackBench {
  readonly #rest: Rest;
  readonly #feed: CallbackFeed;
  readonly #works = signal<ReadonlyMap<string, CallbackWork>>(new Map());
  readonly #closed = signal<Closed | null>(null);
  readonly #isFull = signal(false);

  constructor(rest: Rest, feed: CallbackFeed) {
    this.#rest = rest;
    this.#feed = feed;
    feed.onCallback((now) => this.step(now.id, { kind: 'told', now }));
  }

  /** What is open, by the ids of the requests. */
  get works(): ReadonlySignal<ReadonlyMap<string, CallbackWork>> {
    return this.#works;
  }

  /** Whether the last request could not be opened, as too many are open. */
  get isFull(): ReadonlySignal<boolean> {
    return this.#isFull;
  }

  /** What this page closed last, which can be taken back; null for nothing. */
  get closed(): ReadonlySignal<Closed | null> {
    return this.#closed;
  }

  /**
   * Opens a request and puts away the others in which nothing is typed. When something is typed in
   * too many it opens none, and `isFull` says so.
   */
  open(callback: Callback): void {
    const works = new Map(
      [...this.#works.value].filter(([, work]) => isDirty(work) || work.isBusy),
    );
    if (!works.has(callback.id) && works.size < MAX_OPEN_WORKS) {
      works.set(callback.id, openedWork(callback));
    }
    this.#isFull.value = !works.has(callback.id);
    this.#works.value = works;
  }

  /** Puts a request away, with what was typed in it. */
  close(id: string): void {
    const works = new Map(this.#works.value);
    works.delete(id);
    this.#works.value = works;
    this.#isFull.value = false;
  }

  /** Tells an open request what happened to it. */
  step(id: string, step: WorkStep): void {
    const work = this.#works.value.get(id);
    if (work === undefined) return;
    this.#works.value = new Map(this.#works.value).set(id, withStep(work, step));
  }

  /** Gives the request to the user, or to nobody. @returns whether that was done */
  assign(callback: Callback, isMine: boolean): Promise<boolean> {
    this.open(callback);
    return this.#send(callback.id, () => assignment(callback, isMine ? 'me' : null));
  }

  /** Saves the note as it is typed. @returns whether that was done */
  saveNote(id: string): Promise<boolean> {
    return this.#send(id, noteChange);
  }

  /** Tells of the attempt that is filled in. @returns whether that was done */
  recordAttempt(id: string, outcome: Outcome): Promise<boolean> {
    return this.#send(id, (work) => attemptChange(work, outcome));
  }

  /** Opens again what was closed here last, and lays it open. Why that was refused, `closed` says. */
  async reopen(): Promise<void> {
    const closed = this.#closed.value;
    if (closed === null) return;
    const { id } = closed.callback;
    try {
      const now = await this.#rest.post(`/callbacks/${id}/reopen`, {}, callbackAnswer);
      this.#feed.take(now);
      this.#closed.value = null;
      this.open(now);
    } catch (error) {
      this.#closed.value = { ...closed, problem: problemWords(error) };
    }
  }

  /** It stays closed. */
  forgetClosed(): void {
    this.#closed.value = null;
  }

  async #send(id: string, make: (work: CallbackWork) => Change): Promise<boolean> {
    if (this.#works.value.get(id)?.isBusy !== false) return false;
    this.step(id, { kind: 'sent' });
    try {
      const etag = await this.#tagOf(id);
      const work = this.#works.value.get(id);
      if (work === undefined || etag === undefined) return false;
      const { method, path, body, part } = make(work);
      const now = await this.#rest[method](path, body, callbackAnswer, { ifMatch: etag });
      this.step(id, { kind: 'done', part, sent: work, now });
      this.#feed.take(now);
      if (now.isClosed) this.#finish(now);
      return true;
    } catch (error) {
      await this.#failed(id, error);
      return false;
    }
  }

  /**
   * The ETag of the state that the user has seen, read where it is not known.
   * @returns undefined when it is another state by now, of which the user is told
   */
  async #tagOf(id: string): Promise<string | undefined> {
    const work = this.#works.value.get(id);
    if (work?.etag !== undefined) return work.etag;
    const { body: now, etag } = await this.#rest.getTagged(`/callbacks/${id}`, callbackAnswer);
    if (etag === undefined) {
      // Without it the change of somebody else could be overwritten unseen.
      const { unexpected: title, unexpectedDetail: detail } = text.shell.rest;
      throw new RestError({ status: 0, title, detail });
    }
    const isSeen = work !== undefined && differences(work.base, now).length === 0;
    this.step(id, isSeen ? { kind: 'read', now, etag } : { kind: 'refused', now, etag });
    if (!isSeen) this.#feed.take(now);
    return isSeen ? etag : undefined;
  }

  #finish(callback: Callback): void {
    this.#closed.value = { callback, problem: '' };
    const work = this.#works.value.get(callback.id);
    if (work !== undefined && !isDirty(work)) this.close(callback.id);
  }

  async #failed(id: string, error: unknown): Promise<void> {
    if (!(error instanceof RestError) || error.status !== 412) {
      this.step(id, { kind: 'failed', problem: problemWords(error) });
      return;
    }
    try {
      const { body: now, etag } = await this.#rest.getTagged(`/callbacks/${id}`, callbackAnswer);
      this.step(id, { kind: 'refused', now, etag });
      this.#feed.take(now);
    } catch (second) {
      this.step(id, { kind: 'failed', problem: problemWords(second) });
    }
  }
}
