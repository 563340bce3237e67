import { z } from 'zod';
import { HttpExchange, HttpExchangeFault, type HttpAnswer } from '../../http-exchange.js';
import { problemOf, RestError, type RestOutcome } from '../../rest-problem.js';
import { readJson } from '../wsi/read-json.js';
import { PortsipRestError, type PortsipRestFault } from './rest-error.js';

const TIMEOUT_MS = 15_000;

/** A page of a hundred users is 300 kB; a larger answer is none of the PBX's. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** One call of the PBX. */
export interface PbxCall {
  readonly method?: 'GET' | 'POST';
  /** Parts of the path below the API's URL. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string | number>>;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Access token. */
  readonly token?: string;
}

export interface PbxCallerOptions {
  /** The API's URL without trailing slash, as https://pbx.example:8887/api. */
  readonly url: string;
  readonly tlsInsecure: boolean;
  /** Told of every answer and of its absence; `seconds` is how long it took. */
  readonly onCall?: (outcome: RestOutcome, seconds: number) => void;
  /** Milliseconds a call may take; 15 s by default. */
  readonly timeoutMs?: number;
  /** Bytes an answer may have; 8 MiB by default. */
  readonly maxAnswerBytes?: number;
}

/** `{errors:[{code, message}]}`: the message may repeat what was asked, so only the code is kept. */
const errorAnswer = z.object({
  errors: z.array(z.object({ code: z.string().regex(/^\w{1,60}$/u) })).min(1),
});

/** Makes single calls to the PBX, bounded in time and size. */
export class PbxCaller {
  readonly #options: PbxCallerOptions;
  readonly #exchange: HttpExchange;
  readonly #stopping = new AbortController();

  constructor(options: PbxCallerOptions) {
    this.#options = options;
    this.#exchange = new HttpExchange(options);
  }

  /**
   * Asks once.
   * @throws PortsipRestError
   */
  async ask(call: PbxCall): Promise<HttpAnswer> {
    const began = performance.now();
    const outcome = (what: RestOutcome): void =>
      this.#options.onCall?.(what, (performance.now() - began) / 1000);
    try {
      const answer = await this.#send(call);
      outcome('ok');
      return answer;
    } catch (error) {
      if (error instanceof RestError) outcome(error.problem);
      throw error;
    }
  }

  /** Ends the calls that run; later ones have two seconds, so that tokens can be given back. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Lets go of the connections. */
  close(): void {
    this.#exchange.close();
  }

  async #send(call: PbxCall): Promise<HttpAnswer> {
    const { timeoutMs = TIMEOUT_MS, maxAnswerBytes: maxBytes = MAX_ANSWER_BYTES } = this.#options;
    const { aborted } = this.#stopping.signal;
    try {
      const answer = await this.#exchange.send({
        method: call.method ?? 'GET',
        url: this.#urlOf(call),
        headers: headersOf(call),
        ...(call.form === undefined ? {} : { body: new URLSearchParams(call.form).toString() }),
        timeoutMs: aborted ? Math.min(timeoutMs, 2_000) : timeoutMs,
        maxBytes,
        ...(aborted ? {} : { signal: this.#stopping.signal }),
      });
      check(call, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof HttpExchangeFault)) throw error;
      const problem = this.#stopping.signal.aborted ? 'stopped' : 'unreachable';
      throw faultOf(call, { problem, detail: error.message }, error);
    }
  }

  #urlOf({ path, query = {} }: PbxCall): URL {
    const url = new URL(`${this.#options.url}/${path.map(encodeURIComponent).join('/')}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  }
}

/**
 * Reads the JSON of an answer; integers that a JavaScript number would round are text.
 * @throws PortsipRestError `garbage` when it is not what `schema` says
 */
export function readAnswer<T>(call: PbxCall, answer: HttpAnswer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(jsonOf(call, answer));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = issue === undefined ? 'unreadable' : `${issue.path.join('.')}: ${issue.message}`;
  throw faultOf(call, { problem: 'garbage', status: answer.status, detail });
}

function jsonOf(call: PbxCall, { status, body }: HttpAnswer): unknown {
  try {
    return readJson(body);
  } catch (error) {
    throw faultOf(call, { problem: 'garbage', status, detail: 'the answer is not JSON' }, error);
  }
}

function check(call: PbxCall, { status, body }: HttpAnswer): void {
  const problem = problemOf(status);
  if (problem === undefined) return;
  const code = codeOf(body);
  throw faultOf(call, { problem, status, ...(code === undefined ? {} : { code }) });
}

/** The PBX's word for what is wrong; undefined when the answer has none, as of a proxy before it. */
function codeOf(body: string): string | undefined {
  let json: unknown;
  try {
    json = readJson(body);
  } catch {
    return undefined;
  }
  const parsed = errorAnswer.safeParse(json);
  return parsed.success ? parsed.data.errors[0]?.code : undefined;
}

function headersOf({ form, token }: PbxCall): Record<string, string> {
  return {
    accept: 'application/json',
    ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

function faultOf(
  { path }: PbxCall,
  what: Omit<PortsipRestFault, 'path'>,
  cause?: unknown,
): PortsipRestError {
  return new PortsipRestError({ path: `/${path.join('/')}`, ...what }, { cause });
}
