import type { InvocationOutcome, SignalRLogger, SignalRMetrics } from '../observer.js';
import type {
  CompletionOutcome,
  InvocationMessage,
  StreamInvocationMessage,
} from '../protocol/messages.js';
import { callErrors } from './call-errors.js';
import type { HubCaller, HubDefinition, HubMethod, HubUser } from './hub-definition.js';
import { clientErrorText, HubError } from './hub-error.js';
import type { StreamEnd } from './server-stream.js';

/** A call as it comes from a client. */
export type Call = InvocationMessage | StreamInvocationMessage;

type Uploads = readonly AsyncIterable<unknown>[];

/** A stream that a hub method has opened. */
export interface OpenedStream {
  readonly items: AsyncIterable<unknown>;
  /** Counts the end, and gives what the client is told of it. */
  readonly ended: (end: StreamEnd) => CompletionOutcome;
}

interface NamedMethod<User extends HubUser> {
  readonly name: string;
  readonly method: HubMethod<User>;
}

/** What ran, or why it could not. */
type Ran =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'refused' | 'failed'; readonly outcome: CompletionOutcome };

export interface DispatcherParts<User extends HubUser> {
  readonly hub: HubDefinition<User>;
  readonly detailedErrors: boolean;
  readonly logger: SignalRLogger;
  readonly metrics: SignalRMetrics;
}

/** Finds and runs hub methods. Whatever a method does, a caller gets an outcome, never a throw. */
export class Dispatcher<User extends HubUser> {
  readonly #parts: DispatcherParts<User>;
  readonly #methods: ReadonlyMap<string, NamedMethod<User>>;

  /** @throws {TypeError} when two method names differ only in case */
  constructor(parts: DispatcherParts<User>) {
    this.#parts = parts;
    this.#methods = byLowerCaseName(parts.hub);
  }

  /** The method of that name in any letter case. */
  find(target: string): HubMethod<User> | undefined {
    return this.#methods.get(target.toLowerCase())?.method;
  }

  /** Runs the called method to its end. */
  async invoke(
    caller: HubCaller<User>,
    call: InvocationMessage,
    uploads: Uploads,
  ): Promise<CompletionOutcome> {
    const started = performance.now();
    const ran = await this.#run(caller, call, uploads);
    this.#count(call, ran.kind, started);
    if (ran.kind !== 'ok') return ran.outcome;
    return ran.value === undefined ? { kind: 'void' } : { kind: 'result', value: ran.value };
  }

  /** Runs the called method until it gives its stream, or what the client is told instead. */
  async openStream(
    caller: HubCaller<User>,
    call: StreamInvocationMessage,
    uploads: Uploads,
  ): Promise<OpenedStream | CompletionOutcome> {
    const started = performance.now();
    const ran = await this.#run(caller, call, uploads);
    if (ran.kind === 'ok' && isAsyncIterable(ran.value)) {
      return { items: ran.value, ended: (end) => this.#streamEnded(caller, call, end, started) };
    }
    this.#count(call, ran.kind, started);
    if (ran.kind !== 'ok') return ran.outcome;
    return this.failure(caller, call.target, new TypeError('The method gave no AsyncIterable.'));
  }

  /** What the caller is told of an error inside a method; the whole of it goes to the log. */
  failure(caller: HubCaller<User>, target: string, error: unknown): CompletionOutcome {
    this.#logFailure(caller, target, error);
    return this.#told(callErrors.invoking(target), error);
  }

  /** What the caller is told of a call that could not begin. */
  refusal(caller: HubCaller<User>, target: string, error: unknown): CompletionOutcome {
    this.#parts.logger.debug({ ...about(caller), target, err: error }, 'arguments refused');
    return this.#told(callErrors.binding(target), error);
  }

  async #run(caller: HubCaller<User>, call: Call, uploads: Uploads): Promise<Ran> {
    const { target } = call;
    const { hub } = this.#parts;
    const found = this.#methods.get(target.toLowerCase());
    if (found === undefined) return refused(failed(callErrors.unknownMethod(target)));
    let bound: (caller: HubCaller<User>) => unknown;
    try {
      const guarded = hub.authorize !== undefined || found.method.authorize !== undefined;
      const refusal = guarded ? await this.#unauthorized(caller, call, found) : undefined;
      const misfit = refusal ?? this.#misfit(call, found);
      if (misfit !== undefined) return refused(misfit);
    } catch (error) {
      return { kind: 'failed', outcome: this.failure(caller, target, error) };
    }
    try {
      bound = found.method.bind(call.arguments, uploads);
    } catch (error) {
      return refused(this.refusal(caller, target, error));
    }
    try {
      return { kind: 'ok', value: await bound(caller) };
    } catch (error) {
      return { kind: 'failed', outcome: this.failure(caller, target, error) };
    }
  }

  /** Asks the hub's rule, then the method's. */
  async #unauthorized(
    caller: HubCaller<User>,
    { target }: Call,
    { name, method }: NamedMethod<User>,
  ): Promise<CompletionOutcome | undefined> {
    const { hub, logger } = this.#parts;
    const ofHub = hub.authorize === undefined || (await hub.authorize(caller, name));
    const allowed =
      ofHub && (method.authorize === undefined || (await method.authorize(caller, name)));
    if (allowed) return undefined;
    logger.debug({ ...about(caller), method: name }, 'hub method refused: unauthorized');
    return failed(callErrors.unauthorized(target));
  }

  /** The shape of the call is another than the method's. */
  #misfit(call: Call, { method }: NamedMethod<User>): CompletionOutcome | undefined {
    const { kind, target, streamIds = [] } = call;
    if (method.streams !== (kind === 'streamInvocation')) {
      const { methodStreams, methodDoesNotStream } = callErrors;
      return failed(method.streams ? methodStreams(target) : methodDoesNotStream(target));
    }
    const [sent, wanted] = [streamIds.length, method.uploads.length];
    if (sent === wanted) return undefined;
    return this.#told(
      callErrors.invoking(target),
      new HubError(callErrors.streamCount(sent, wanted)),
    );
  }

  #streamEnded(
    caller: HubCaller<User>,
    call: Call,
    end: StreamEnd,
    started: number,
  ): CompletionOutcome {
    this.#count(call, end.kind === 'failed' ? 'failed' : 'ok', started);
    if (end.kind !== 'failed') return { kind: 'void' };
    this.#logFailure(caller, call.target, end.error);
    return this.#told(callErrors.streaming, end.error);
  }

  #count({ target }: Call, outcome: InvocationOutcome, started: number): void {
    const name = this.#methods.get(target.toLowerCase())?.name ?? 'unknown';
    this.#parts.metrics.invocationCompleted(name, outcome, performance.now() - started);
  }

  #logFailure(caller: HubCaller<User>, target: string, error: unknown): void {
    const { logger } = this.#parts;
    const fields = { ...about(caller), target, err: error };
    if (error instanceof HubError) logger.debug(fields, 'hub method refused a call');
    else logger.warn(fields, 'hub method failed');
  }

  #told(general: string, error: unknown): CompletionOutcome {
    return failed(clientErrorText(general, error, this.#parts.detailedErrors));
  }
}

function byLowerCaseName<User extends HubUser>(
  hub: HubDefinition<User>,
): Map<string, NamedMethod<User>> {
  const methods = new Map<string, NamedMethod<User>>();
  for (const [name, method] of Object.entries(hub.methods)) {
    const other = methods.get(name.toLowerCase());
    if (other !== undefined) {
      throw new TypeError(`Hub methods '${other.name}' and '${name}' differ only in case.`);
    }
    methods.set(name.toLowerCase(), { name, method });
  }
  return methods;
}

function refused(outcome: CompletionOutcome): Ran {
  return { kind: 'refused', outcome };
}

function failed(error: string): CompletionOutcome {
  return { kind: 'error', error };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function about(caller: HubCaller<HubUser>) {
  return { connectionId: caller.connectionId, userId: caller.user.id };
}
