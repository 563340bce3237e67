import type { CompletionOutcome } from '../protocol/messages.js';
import { callErrors } from './call-errors.js';
import type { Schema } from './hub-definition.js';
import { clientErrorText, HubError } from './hub-error.js';
import { UploadStream } from './upload-stream.js';

export interface UploadLimits {
  readonly uploadBufferSize: number;
  /** Streams that are open at a time. */
  readonly maximumParallelUploads: number;
  readonly detailedErrors: boolean;
}

/** The streams that one client sends, by the ids that it gave them. */
export class UploadStreams {
  readonly #limits: UploadLimits;
  readonly #onSpace: () => void;
  /** Bounded by maximumParallelUploads; an id leaves at its stream's end. */
  readonly #open = new Map<string, UploadStream>();

  /** @param onSpace called when the streams may not be full any more */
  constructor(limits: UploadLimits, onSpace: () => void) {
    this.#limits = limits;
    this.#onSpace = onSpace;
  }

  /** Whether the connection must not be read: a stream's reader is behind. */
  get full(): boolean {
    for (const stream of this.#open.values()) if (stream.full) return true;
    return false;
  }

  has(id: string): boolean {
    return this.#open.has(id);
  }

  /** Opens the streams of a call. @throws {HubError} for ids in use, or too many streams */
  open(ids: readonly string[], items: readonly Schema<unknown>[]): readonly UploadStream[] {
    const { maximumParallelUploads, uploadBufferSize: bufferSize } = this.#limits;
    if (this.#open.size + ids.length > maximumParallelUploads) {
      throw new HubError(callErrors.tooManyUploads(maximumParallelUploads));
    }
    const used = ids.find((id, index) => this.#open.has(id) || ids.indexOf(id) !== index);
    if (used !== undefined) throw new HubError(callErrors.streamIdInUse(used));
    return items.map((schema, index) => {
      const stream = new UploadStream({ items: schema, bufferSize, onSpace: this.#onSpace });
      this.#open.set(ids[index] ?? '', stream);
      return stream;
    });
  }

  /** Hands an item on; one that does not fit ends its stream only. Unknown ids are ignored. */
  receive(id: string, item: unknown): void {
    try {
      this.#open.get(id)?.push(item);
    } catch (error) {
      const { detailedErrors } = this.#limits;
      const text = clientErrorText(callErrors.uploadItem, error, detailedErrors);
      this.#finish(id, new HubError(text));
    }
  }

  /** The client's end of a stream; an error text is raised in the hub method. */
  complete(id: string, outcome: CompletionOutcome): void {
    this.#finish(id, outcome.kind === 'error' ? new HubError(outcome.error) : undefined);
  }

  /** Forgets the streams of a call that is over. */
  close(streams: readonly UploadStream[]): void {
    for (const [id, stream] of this.#open) if (streams.includes(stream)) this.#open.delete(id);
    for (const stream of streams) stream.abandon();
  }

  /** No more input will come: readers get the error. */
  failAll(error: Error): void {
    for (const stream of this.#open.values()) stream.abandon(error);
    this.#open.clear();
  }

  #finish(id: string, error: Error | undefined): void {
    const stream = this.#open.get(id);
    this.#open.delete(id);
    stream?.end(error);
  }
}
