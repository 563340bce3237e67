import type {
  CallbackChange,
  CallbackRequest,
  CallerUnserved,
  CollectingList,
} from '../contact-center/index.js';
import { CALLBACK_TYPE } from '../contact-center/index.js';
import type { CallbackRepository } from './callback-repository.js';
import { callbackId, newRequest, triedAgain } from './callback-requests.js';

/** A caller whom an agent of the queue answered at `at`, epoch ms. */
export interface AnsweredCaller {
  readonly at: number;
  readonly queueId: string;
  readonly callerNumber: string;
}

export interface CallbackServiceOptions {
  readonly repository: CallbackRepository;
  /** The lists that take over what became of the caller, by the directory in force. */
  listsFor(call: CallerUnserved): readonly CollectingList[];
  /** Ids of the lists whose requests an answer in the queue closes. */
  listsClosedBy(queueId: string): readonly string[];
  /** Told after each change was stored. */
  onChanged(change: CallbackChange): void;
}

/**
 * Makes callback requests of callers whom nobody served, and closes them when an agent answers the
 * caller after all. A caller without a number can't be called back and makes none; one who is on
 * the list already and tries again changes that request. The same call told twice makes one
 * request, since its id follows from the call, the queue and the list.
 */
export class CallbackService {
  readonly #options: CallbackServiceOptions;
  /** Looking a request up and storing it must not be interleaved with the same for another call. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: CallbackServiceOptions) {
    this.#options = options;
  }

  /** Resolves when the requests are stored and told; rejects when the repository can't. */
  callerUnserved(call: CallerUnserved): Promise<void> {
    return this.#inTurn(() => this.#collect(call));
  }

  /** Resolves when the caller's requests are closed and told; rejects when the repository can't. */
  callerAnswered(call: AnsweredCaller): Promise<void> {
    return this.#inTurn(() => this.#closeAll(call));
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    // The next call must get its turn whatever became of this one, which its own caller hears.
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #collect(call: CallerUnserved): Promise<void> {
    if (!isNumber(call.callerNumber)) return;
    for (const list of this.#options.listsFor(call)) await this.#addTo(list, call);
  }

  async #addTo(list: CollectingList, call: CallerUnserved): Promise<void> {
    const { repository } = this.#options;
    if ((await repository.find(callbackId(list, call))) !== undefined) return;
    const open = await this.#findOpen(list.id, call);
    if (open?.callId === call.callId) return;
    const request = open === undefined ? newRequest(list, call) : triedAgain(open, list, call);
    await this.#save(request, open === undefined);
  }

  /** The caller's open request in a list; one that has expired meanwhile is closed instead. */
  async #findOpen(listId: string, call: CallerUnserved): Promise<CallbackRequest | undefined> {
    const open = await this.#options.repository.findOpen(listId, call.callerNumber);
    if (open?.expiryDate === undefined || call.at < open.expiryDate) return open;
    await this.#close(open, open.expiryDate);
    return undefined;
  }

  async #closeAll(call: AnsweredCaller): Promise<void> {
    if (!isNumber(call.callerNumber)) return;
    for (const listId of this.#options.listsClosedBy(call.queueId)) {
      const open = await this.#options.repository.findOpen(listId, call.callerNumber);
      if (open !== undefined && isServedBy(open, call)) await this.#close(open, call.at);
    }
  }

  #close(request: CallbackRequest, at: number): Promise<void> {
    return this.#save({ ...request, isClosed: true, modified: at }, false);
  }

  async #save(request: CallbackRequest, created: boolean): Promise<void> {
    await this.#options.repository.save(request);
    this.#options.onChanged({ request, created });
  }
}

/** Who asked to be called back, or was put on the list by hand, is still owed that call. */
function isServedBy({ typeId, modified }: CallbackRequest, { at }: AnsweredCaller): boolean {
  return typeId === CALLBACK_TYPE.overflown && modified < at;
}

/** Trunks write words such as `anonymous` and `Restricted` for a number that is withheld. */
function isNumber(text: string): boolean {
  return /\d/u.test(text);
}
