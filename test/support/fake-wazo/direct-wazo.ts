import type { HttpAnswer } from '../../../src/sources/http-exchange.js';
import { problemOf } from '../../../src/sources/rest-problem.js';
import { WazoRestError } from '../../../src/sources/wazo/rest/rest-error.js';
import { ServiceCalls } from '../../../src/sources/wazo/rest/service-calls.js';
import { ServiceToken } from '../../../src/sources/service-token.js';
import { WazoAgentd } from '../../../src/sources/wazo/rest/wazo-agentd.js';
import { WazoAmid } from '../../../src/sources/wazo/rest/wazo-amid.js';
import { WazoCalld } from '../../../src/sources/wazo/rest/wazo-calld.js';
import { type WazoCall, WazoCaller } from '../../../src/sources/wazo/rest/wazo-caller.js';
import { WazoChatd } from '../../../src/sources/wazo/rest/wazo-chatd.js';
import { WazoConfd } from '../../../src/sources/wazo/rest/wazo-confd.js';
import { noLogger } from '../no-logger.js';
import type { FakeAnswer } from './answers.js';
import { answerService } from './fake-services.js';
import { Faults } from './faults.js';
import { FakeWazoState, type FakeToken, HUB_LOGIN, type Json } from './state.js';

const TOKEN: FakeToken = {
  token: 'direct',
  login: HUB_LOGIN,
  sessionUuid: '',
  issuedAt: 0,
  expiresAt: Number.POSITIVE_INFINITY,
};

/**
 * The fake Wazo without HTTP, so that it answers on fake timers: the hub's own clients of the
 * services, whose calls go to the same answers and the same faults. What fails is not tried again.
 */
export class DirectWazo extends WazoCaller {
  readonly state = new FakeWazoState();
  readonly faults = new Faults();
  /** Calls so far, as `amid/QueueStatus`. */
  readonly asked: string[] = [];
  /** Hears of UserEvents that were asked for; the answer waits for it. */
  onUserEvent: (fields: Json) => Promise<void> = () => Promise.resolve();
  readonly services;

  constructor() {
    super({ url: 'http://direct', tlsInsecure: false });
    const token = new ServiceToken({
      issue: () => Promise.resolve({ token: TOKEN.token, livesMs: Number.POSITIVE_INFINITY }),
      revoke: () => Promise.resolve(),
      isGivenBackFirst: false,
      now: () => 0,
      logger: noLogger,
    });
    const calls = new ServiceCalls(this, token);
    this.services = {
      amid: new WazoAmid(calls),
      agentd: new WazoAgentd(calls),
      calld: new WazoCalld(calls),
      chatd: new WazoChatd(calls),
      confd: new WazoConfd(calls),
    };
  }

  override async ask(call: WazoCall): Promise<HttpAnswer> {
    const { service, path } = call;
    this.asked.push(`${service}/${path.at(-1) ?? ''}`);
    const misbehaviour = this.faults.strike(service, path[0]);
    switch (misbehaviour?.kind) {
      case undefined:
        break;
      case 'delay':
        await misbehaviour.until;
        break;
      case 'hang':
        return new Promise(() => undefined);
      case 'cut':
        throw fault(call, 'unreachable');
      case 'garbage':
        return httpAnswer(200, misbehaviour.body);
      case 'status':
        return answerOf(call, { status: misbehaviour.status });
    }
    return answerOf(call, await this.#answer(call));
  }

  async #answer({ service, path, method = 'GET', query = {}, body = {} }: WazoCall) {
    const { state } = this;
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) asked.set(name, String(value));
    const request = { path, method, headers: {}, query: asked, body: { ...body } };
    if (state.starting.has(service)) return { status: 503 };
    if (service === 'auth') throw new Error('wazo-auth is not asked without HTTP');
    return answerService(service, this, request, TOKEN);
  }
}

function answerOf(call: WazoCall, { status, body }: FakeAnswer): HttpAnswer {
  const problem = problemOf(status);
  if (problem !== undefined) throw fault(call, problem, status);
  return httpAnswer(status, JSON.stringify(body));
}

function httpAnswer(status: number, body: string): HttpAnswer {
  return { status, body, retryAfterSeconds: undefined };
}

function fault({ service, path }: WazoCall, problem: WazoRestError['problem'], status?: number) {
  const about = { service, path: `/${path.join('/')}`, problem };
  return new WazoRestError(status === undefined ? about : { ...about, status });
}
