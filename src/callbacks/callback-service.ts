import {
  CALLBACK_TYPE,
  type CallbackChange,
  callbackGuid,
  type CallbackRequest,
  type CallerGaveUp,
  type CollectingList,
} from '../contact-center/index.js';
import type { CallbackRepository } from './callback-repository.js';

export interface CallbackServiceOptions {
  readonly repository: CallbackRepository;
  /** The lists that collect abandoned calls of a queue, by the directory in force. */
  listsFor(queueId: string): readonly CollectingList[];
  /** Told after each change was stored. */
  onChanged(change: CallbackChange): void;
}

/**
 * Makes callback requests of callers who gave up. A caller without a number can't be called back
 * and makes none; one who is on the list already and tries again changes that request. The same
 * call told twice makes one request, since its id follows from the call, the queue and the list.
 */
export class CallbackService {
  readonly #options: CallbackServiceOptions;
  /** Looking a request up and storing it must not be interleaved with the same for another call. */
  #work: Promise<void> = Promise.resolve();

  constructor(options: CallbackServiceOptions) {
    this.#options = options;
  }

  /** Resolves when the requests are stored and told; rejects when the repository can't. */
  callerGaveUp(call: CallerGaveUp): Promise<void> {
    const done = this.#work.then(() => this.#collect(call));
    // The next call must get its turn whatever became of this one, which its own caller hears.
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #collect(call: CallerGaveUp): Promise<void> {
    if (call.callerNumber === '') return;
    for (const list of this.#options.listsFor(call.queueId)) await this.#addTo(list, call);
  }

  async #addTo(list: CollectingList, call: CallerGaveUp): Promise<void> {
    const { repository } = this.#options;
    const id = callbackGuid(call.callId, `${list.id}:${call.queueId}`);
    if ((await repository.find(id)) !== undefined) return;
    const open = await repository.findOpen(list.id, call.callerNumber);
    if (open?.callId === call.callId) return;
    const request = open === undefined ? newRequest(id, list, call) : triedAgain(open, list, call);
    await repository.save(request);
    this.#options.onChanged({ request, created: open === undefined });
  }
}

function newRequest(id: string, list: CollectingList, call: CallerGaveUp): CallbackRequest {
  return {
    id,
    callListId: list.id,
    organizationId: list.organizationId,
    typeId: CALLBACK_TYPE.overflown,
    contactNumber: call.callerNumber,
    contactName: call.callerName,
    queueId: call.queueId,
    channelIn: list.channelIn,
    callId: call.callId,
    creationTime: call.at,
    modified: call.at,
    ...(list.dueAfterSeconds === undefined
      ? {}
      : { dueDate: later(call.at, list.dueAfterSeconds) }),
    ...(list.expiresAfterSeconds === undefined
      ? {}
      : { expiryDate: later(call.at, list.expiresAfterSeconds) }),
    isClosed: false,
  };
}

function triedAgain(
  open: CallbackRequest,
  list: CollectingList,
  call: CallerGaveUp,
): CallbackRequest {
  const { callId, queueId, at } = call;
  return {
    ...open,
    callId,
    queueId,
    channelIn: list.channelIn,
    modified: Math.max(open.modified, at),
  };
}

function later(time: number, seconds: number): number {
  return time + seconds * 1000;
}
