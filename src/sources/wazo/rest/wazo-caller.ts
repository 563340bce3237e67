import { setTimeout as wait } from 'node:timers/promises';
import type { z } from 'zod';
import { HttpExchange, HttpExchangeFault, type HttpAnswer } from '../../http-exchange.js';
import { problemOf, type RestOutcome } from '../../rest-problem.js';
import { WazoRestError, type WazoService } from './rest-error.js';
import { withRetries, type RetryClock } from './retry.js';

/** Versions of the paths, as of Wazo 19 to 26. */
const VERSIONS: Readonly<Record<WazoService, string>> = {
  auth: '0.1',
  confd: '1.1',
  agentd: '1.0',
  calld: '1.0',
  chatd: '1.0',
  amid: '1.0',
};

/** confd takes seconds for a thousand users. */
const TIMEOUT_MS = 20_000;

/** A page of a thousand users is 3 MB; a larger answer is none of Wazo's. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** One call of a service. */
export interface WazoCall {
  readonly service: WazoService;
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** Parts of the path below the version. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** `Authorization`, for a login. */
  readonly authorization?: string;
  /** Sent as X-Auth-Token. */
  readonly token?: string;
  /** Part of the path that errors and logs must not show. */
  readonly secretPart?: string;
}

export interface WazoCallerOptions {
  /** Base URL without trailing slash. */
  readonly url: string;
  readonly tlsInsecure: boolean;
  /** Told of every answer and of its absence; `seconds` is how long it took. */
  readonly onCall?: (service: WazoService, outcome: RestOutcome, seconds: number) => void;
  readonly clock?: RetryClock;
  /** Tries of one call; 4 by default. */
  readonly maxTries?: number;
  /** Milliseconds one try may take; 20 s by default. */
  readonly timeoutMs?: number;
  /** Bytes an answer may have; 32 MiB by default. */
  readonly maxAnswerBytes?: number;
}

const SYSTEM_CLOCK: RetryClock = {
  wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  random: Math.random,
};

/** Makes single calls to Wazo's services: bounded in time and size, tried again when that may help. */
export class WazoCaller {
  readonly #options: WazoCallerOptions;
  readonly #exchange: HttpExchange;
  readonly #stopping = new AbortController();

  constructor(options: WazoCallerOptions) {
    this.#options = options;
    this.#exchange = new HttpExchange(options);
  }

  /**
   * Asks until there is an answer of success.
   * @throws WazoRestError
   */
  ask(call: WazoCall): Promise<HttpAnswer> {
    const { clock = SYSTEM_CLOCK, maxTries } = this.#options;
    return withRetries(() => this.askOnce(call), clock, this.#stopping.signal, maxTries);
  }

  /**
   * Asks once.
   * @throws WazoRestError
   */
  async askOnce(call: WazoCall): Promise<HttpAnswer> {
    const began = performance.now();
    const outcome = (problem: RestOutcome): void =>
      this.#options.onCall?.(call.service, problem, (performance.now() - began) / 1000);
    try {
      const answer = await this.#send(call);
      outcome('ok');
      return answer;
    } catch (error) {
      if (error instanceof WazoRestError) outcome(error.problem);
      throw error;
    }
  }

  /** Ends the calls that run and those that wait for their next try. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Lets go of the connections. */
  close(): void {
    this.#exchange.close();
  }

  async #send(call: WazoCall): Promise<HttpAnswer> {
    const { timeoutMs = TIMEOUT_MS, maxAnswerBytes: maxBytes = MAX_ANSWER_BYTES } = this.#options;
    // A token is given back while the hub stops.
    const stopping = call.method === 'DELETE' ? undefined : this.#stopping.signal;
    try {
      const answer = await this.#exchange.send({
        method: call.method ?? 'GET',
        url: this.#urlOf(call),
        headers: headersOf(call),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs,
        maxBytes,
        ...(stopping === undefined ? {} : { signal: stopping }),
      });
      this.#check(call, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof HttpExchangeFault)) throw error;
      const problem = stopping?.aborted === true ? 'stopped' : 'unreachable';
      throw fault(call, { problem, detail: error.message }, error);
    }
  }

  #check(call: WazoCall, { status, retryAfterSeconds }: HttpAnswer): void {
    const problem = problemOf(status);
    if (problem === undefined) return;
    const asked = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
    throw fault(call, { problem, status, ...asked });
  }

  #urlOf({ service, path, query = {} }: WazoCall): URL {
    const parts = path.map((part) => encodeURIComponent(part)).join('/');
    const url = new URL(`${this.#options.url}/api/${service}/${VERSIONS[service]}/${parts}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }
}

/**
 * Reads the JSON of an answer.
 * @throws WazoRestError `garbage` when it is not what `schema` says
 */
export function readAnswer<T>(call: WazoCall, answer: HttpAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(call, answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = issue === undefined ? 'unreadable' : `${issue.path.join('.')}: ${issue.message}`;
  throw fault(call, { problem: 'garbage', status: answer.status, detail });
}

function parseJson(call: WazoCall, { status, body }: HttpAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw fault(call, { problem: 'garbage', status, detail: 'the answer is not JSON' }, error);
  }
}

function headersOf({ body, authorization, token }: WazoCall): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(token === undefined ? {} : { 'x-auth-token': token }),
  };
}

function fault(
  { service, path, secretPart }: WazoCall,
  what: Omit<WazoRestError['fault'], 'service' | 'path'>,
  cause?: unknown,
): WazoRestError {
  const shown = path.map((part) => (part === secretPart ? '{token}' : part)).join('/');
  return new WazoRestError({ service, path: `/${shown}`, ...what }, { cause });
}
