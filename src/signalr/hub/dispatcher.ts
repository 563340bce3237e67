import type { InvocationOutcome, SignalRLogger, SignalRMetrics } from '../observer.js';
import type {
  CompletionOutcome,
  InvocationMessage,
  StreamInvocationMessage,
} from '../protocol/messages.js';
import type { HubCaller, HubDefinition, HubMethod, HubUser } from './hub-definition.js';
import { clientErrorText, HubError } from './hub-error.js';

/** A call as it comes from a client. */
export type Call = InvocationMessage | StreamInvocationMessage;

interface NamedMethod<User extends HubUser> {
  readonly name: string;
  readonly method: HubMethod<User>;
}

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

  /** Runs the called method to its end. */
  async invoke(caller: HubCaller<User>, call: Call): Promise<CompletionOutcome> {
    const started = performance.now();
    const found = this.#methods.get(call.target.toLowerCase());
    const [kind, outcome] = await this.#run(caller, call, found?.method);
    const elapsed = performance.now() - started;
    this.#parts.metrics.invocationCompleted(found?.name ?? 'unknown', kind, elapsed);
    return outcome;
  }

  async #run(
    caller: HubCaller<User>,
    call: Call,
    method: HubMethod<User> | undefined,
  ): Promise<[InvocationOutcome, CompletionOutcome]> {
    const { target } = call;
    if (method === undefined) return ['refused', failed(`Unknown hub method '${target}'`)];
    if (call.kind === 'streamInvocation') return ['refused', failed(notStreaming(target))];
    let bound: (caller: HubCaller<User>) => unknown;
    try {
      if (call.streamIds !== undefined) throw new TypeError('The method takes no streams.');
      bound = method.bind(call.arguments);
    } catch (error) {
      return ['refused', this.#bindingFailure(caller, target, error)];
    }
    try {
      const value = await bound(caller);
      return ['ok', value === undefined ? { kind: 'void' } : { kind: 'result', value }];
    } catch (error) {
      return ['failed', this.failure(caller, target, error)];
    }
  }

  /** What the caller is told of an error inside a method; the whole of it goes to the log. */
  failure(caller: HubCaller<User>, target: string, error: unknown): CompletionOutcome {
    const { logger, detailedErrors } = this.#parts;
    const fields = { ...about(caller), target, err: error };
    if (error instanceof HubError) logger.debug(fields, 'hub method refused a call');
    else logger.warn(fields, 'hub method failed');
    const general = `An unexpected error occurred invoking '${target}' on the server.`;
    return failed(clientErrorText(general, error, detailedErrors));
  }

  #bindingFailure(caller: HubCaller<User>, target: string, error: unknown): CompletionOutcome {
    const { logger, detailedErrors } = this.#parts;
    logger.debug({ ...about(caller), target, err: error }, 'arguments refused');
    const general = `Failed to invoke '${target}' due to an error on the server.`;
    return failed(clientErrorText(general, error, detailedErrors));
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

function failed(error: string): CompletionOutcome {
  return { kind: 'error', error };
}

function notStreaming(target: string): string {
  return `The client attempted to invoke the non-streaming '${target}' method with a streaming invocation.`;
}

function about(caller: HubCaller<HubUser>) {
  return { connectionId: caller.connectionId, userId: caller.user.id };
}
