import type {
  CompletionOutcome,
  HubMessage,
  StreamInvocationMessage,
} from '../protocol/messages.js';
import { CallContext } from './call-context.js';
import { CallQueue } from './call-queue.js';
import type { CallSlot } from './call-slots.js';
import { ClientResults } from './client-results.js';
import type { Call, Dispatcher, OpenedStream } from './dispatcher.js';
import type { ClientResultOptions, HubCaller, HubUser } from './hub-definition.js';
import type { SignalROptions } from './options.js';
import { ServerStreams } from './server-streams.js';
import type { UploadStream } from './upload-stream.js';
import { UploadStreams } from './upload-streams.js';

export interface HubCallsParts<User extends HubUser> {
  readonly connection: HubCaller<User>;
  readonly dispatcher: Dispatcher<User>;
  readonly options: SignalROptions;
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
  /** Sends a message; does nothing once the connection ended. @throws {TypeError} if not encodable */
  readonly write: (message: HubMessage, label: string) => void;
  /** Bytes that wait for the client here. */
  readonly waitingBytes: () => number;
  /** A call ended or an upload has room: there may be more to read, or nothing left to wait for. */
  readonly onProgress: () => void;
  /** A fault of ours, for which the connection has to end. */
  readonly onFault: (error: unknown) => void;
}

/**
 * What is in progress on one connection: calls that wait or run, streams both ways, and answers
 * awaited of the client. Calls begin in their order, as many at a time as there are slots; calls
 * with uploads and opened streams need no slot.
 */
export class HubCalls<User extends HubUser> {
  readonly #parts: HubCallsParts<User>;
  readonly #queue: CallQueue;
  readonly #uploads: UploadStreams;
  readonly #results: ClientResults;
  readonly #streams: ServerStreams;
  #running = 0;

  constructor(parts: HubCallsParts<User>) {
    const { options, time, onProgress, waitingBytes, write } = parts;
    const { maximumParallelStreams, streamBufferSize } = options;
    this.#parts = parts;
    this.#queue = new CallQueue(options, (call, slot) => void this.#run(call, [], slot));
    this.#uploads = new UploadStreams(options, onProgress);
    this.#results = new ClientResults(options, time);
    this.#streams = new ServerStreams({
      maximumParallelStreams,
      streamBufferSize,
      waitingBytes,
      write: (invocationId, item) =>
        write({ kind: 'streamItem', invocationId, item }, 'streamItem'),
    });
  }

  /** Whether no more messages may be read for now. */
  get full(): boolean {
    return this.#queue.full || this.#uploads.full;
  }

  /** Whether calls wait or run. Streams that a method has opened don't count. */
  get busy(): boolean {
    return this.#running > 0 || !this.#queue.empty;
  }

  /** Whether the server asked for this message: an item of an open upload, or an awaited answer. */
  awaits(message: HubMessage): boolean {
    if (message.kind !== 'streamItem' && message.kind !== 'completion') return false;
    const { invocationId } = message;
    return this.#uploads.has(invocationId) || this.#results.has(invocationId);
  }

  accept(call: Call): void {
    const { uploads = [] } = this.#parts.dispatcher.find(call.target) ?? {};
    const { streamIds = [] } = call;
    if (uploads.length === 0 || uploads.length !== streamIds.length) {
      this.#queue.push(call);
      return;
    }
    try {
      void this.#run(call, this.#uploads.open(streamIds, uploads));
    } catch (error) {
      this.#complete(
        call,
        this.#parts.dispatcher.refusal(this.#parts.connection, call.target, error),
      );
    }
  }

  /** Answers a call without running it. */
  refuse(call: Call, error: string): void {
    this.#complete(call, { kind: 'error', error });
  }

  /** Ends a stream, or a stream call that still waits. Unknown ids are ignored. */
  cancel(id: string): void {
    this.#streams.cancel(id);
    const call = this.#queue.removeStreamCall(id);
    if (call !== undefined) this.#complete(call, { kind: 'void' });
  }

  item(id: string, item: unknown): void {
    this.#uploads.receive(id, item);
  }

  completion(id: string, outcome: CompletionOutcome): void {
    if (this.#uploads.has(id)) this.#uploads.complete(id, outcome);
    else this.#results.settle(id, outcome);
  }

  /** Calls a method of the client; see HubCaller.invokeWith(). */
  ask(options: ClientResultOptions, target: string, args: readonly unknown[]): Promise<unknown> {
    const send = (invocationId: string) =>
      this.#parts.write(
        { kind: 'invocation', invocationId, target, arguments: args },
        'invocation',
      );
    return this.#results.ask(send, options);
  }

  tick(time: number): void {
    this.#results.tick(time);
  }

  /** The client has taken what waited for it. */
  drained(): void {
    this.#streams.drained();
  }

  /** Nothing more is read: whoever waits for the client waits in vain. */
  inputEnded(error: Error): void {
    this.#results.failAll(error);
    this.#uploads.failAll(error);
  }

  /** The connection ended: calls that wait are dropped, running ones are left to end. */
  end(error: Error): void {
    this.#queue.clear();
    this.inputEnded(error);
    this.#streams.cancelAll();
  }

  /** Runs a call to its end, a stream call to its first item. Never rejects. */
  async #run(call: Call, uploads: readonly UploadStream[], slot?: CallSlot): Promise<void> {
    const { connection, dispatcher, onFault, onProgress } = this.#parts;
    this.#running += 1;
    try {
      if (isStreamCall(call)) {
        await this.#openStream(call, uploads, slot);
      } else {
        const context = new CallContext(connection, slot);
        this.#complete(call, await dispatcher.invoke(context, call, uploads));
        this.#uploads.close(uploads);
        context.answered();
      }
    } catch (error) {
      onFault(error);
    }
    this.#running -= 1;
    slot?.end();
    onProgress();
  }

  async #openStream(
    call: StreamInvocationMessage,
    uploads: readonly UploadStream[],
    slot: CallSlot | undefined,
  ): Promise<void> {
    const { connection, dispatcher } = this.#parts;
    const stream = this.#streams.open(call.invocationId);
    if (typeof stream === 'string') {
      this.refuse(call, stream);
      this.#uploads.close(uploads);
      return;
    }
    const context = new CallContext(connection, slot, stream.signal);
    const opened = await dispatcher.openStream(context, call, uploads);
    if ('items' in opened) {
      void this.#sendStream(call, opened, uploads);
    } else {
      this.#streams.discard(call.invocationId);
      this.#complete(call, opened);
      this.#uploads.close(uploads);
    }
    context.answered();
  }

  /** Never rejects. */
  async #sendStream(
    call: StreamInvocationMessage,
    { items, ended }: OpenedStream,
    uploads: readonly UploadStream[],
  ): Promise<void> {
    try {
      await this.#streams.run(call.invocationId, items, (end) => this.#complete(call, ended(end)));
    } catch (error) {
      this.#parts.dispatcher.failure(this.#parts.connection, call.target, error);
    }
    this.#uploads.close(uploads);
  }

  /** A call without id is never answered. */
  #complete({ invocationId, target }: Call, outcome: CompletionOutcome): void {
    if (invocationId === undefined) return;
    const { write, dispatcher, connection } = this.#parts;
    try {
      write({ kind: 'completion', invocationId, outcome }, 'completion');
    } catch (error) {
      const failure = dispatcher.failure(connection, target, error);
      write({ kind: 'completion', invocationId, outcome: failure }, 'completion');
    }
  }
}

function isStreamCall(call: Call): call is StreamInvocationMessage {
  return call.kind === 'streamInvocation';
}
