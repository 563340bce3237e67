import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { FakeAccount, FakeAdministrator, FakeCall, FakeQueue, FakeTenant } from './model.js';
import { RestFaults } from './rest-faults.js';
import type { AuthCommand } from './wsi-session.js';

/** What the REST paths show, and who may ask. */
export interface RestHost {
  readonly tenants: readonly FakeTenant[];
  readonly administrator: FakeAdministrator;
  readonly now: () => number;
  accountOf(credentials: Omit<AuthCommand, 'command'>): FakeAccount | undefined;
}

interface Token {
  /** An administrator's becomes one of the tenant that it is switched to. */
  account: FakeAccount;
  readonly expiresAt: number;
}

type Item = Readonly<Record<string, unknown>>;

/** A refusal in the PBX's form: `{errors:[{code,message}]}`. */
class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const TOKEN_SECONDS = 1800;
const DEFAULT_TOP = 20;
/** The most that `top` may be. */
const MAX_TOP = 100;

/**
 * The REST paths of the PBX that a directory needs, with paging (`top`, `skip`, `count`), filters of
 * the form `field eq 'value'`, and tokens that end.
 */
export class RestApi {
  readonly faults = new RestFaults();
  /** Requests so far, as `GET /users`. */
  readonly requests: string[] = [];
  readonly #host: RestHost;
  readonly #tokens = new Map<string, Token>();
  readonly #refreshTokens = new Map<string, FakeAccount>();

  constructor(host: RestHost) {
    this.#host = host;
  }

  /** Ends all access tokens at once; with `all` refresh tokens, too. */
  endTokens(which: 'access' | 'all'): void {
    this.#tokens.clear();
    if (which === 'all') this.#refreshTokens.clear();
  }

  /** Access tokens that are good now. */
  get tokens(): number {
    return this.#tokens.size;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').replace(/^\/api|\?.*$/gu, '');
    this.requests.push(`${request.method ?? 'GET'} ${path}`);
    if (this.faults.strike(path, response)) return;
    this.#respond(request).then(
      (body) => send(response, 200, body),
      (error: unknown) => sendError(response, error),
    );
  }

  async #respond(request: IncomingMessage): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'https://pbx.invalid');
    const path = url.pathname.replace(/^\/api/u, '');
    if (path === '/login/oauth/token') return this.#login(await formOf(request));
    const { account, token } = this.#accountOfToken(request);
    if (path === '/login/oauth/revoke') return this.#revoke(token);
    if (path === '/tenants/switch') return this.#switch(token, url.searchParams.get('id') ?? '');
    return page(this.#resource(account, path, request.method ?? 'GET'), url.searchParams);
  }

  #login(form: URLSearchParams): Item {
    const account =
      form.get('grant_type') === 'refresh_token'
        ? this.#refreshTokens.get(form.get('refresh_token') ?? '')
        : this.#accountOfForm(form);
    if (account === undefined) {
      throw new Refusal(401, 'UNAUTHORIZED', 'Login failed, authentication error');
    }
    const accessToken = randomUUID();
    const refreshToken = randomUUID();
    const expiresAt = this.#host.now() + TOKEN_SECONDS * 1000;
    this.#tokens.set(accessToken, { account, expiresAt });
    this.#refreshTokens.set(refreshToken, account);
    return {
      access_token: accessToken,
      expires_in: TOKEN_SECONDS,
      refresh_token: refreshToken,
      token_type: 'Bearer',
    };
  }

  #accountOfForm(form: URLSearchParams): FakeAccount | undefined {
    const domain = form.get('domain');
    return this.#host.accountOf({
      username: form.get('username') ?? '',
      password: form.get('password') ?? '',
      ...(domain !== null && { domain }),
    });
  }

  #revoke(token: string): Item {
    this.#tokens.delete(token);
    return {};
  }

  #switch(token: string, tenantId: string): Item {
    const known = this.#tokens.get(token);
    const tenant = this.#host.tenants.find(({ id }) => id === tenantId);
    if (known === undefined || known.account.tenant !== undefined || tenant === undefined) {
      throw new Refusal(403, 'FORBIDDEN', 'No such tenant for you');
    }
    known.account = { ...known.account, tenant };
    return {};
  }

  #accountOfToken(request: IncomingMessage): { account: FakeAccount; token: string } {
    const [, token = ''] = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '') ?? [];
    const known = this.#tokens.get(token);
    if (known === undefined || known.expiresAt <= this.#host.now()) {
      throw new Refusal(401, 'UNAUTHORIZED', 'Access token is invalid or expired');
    }
    return { account: known.account, token };
  }

  /** A list is paged, anything else is answered as it is. */
  #resource(account: FakeAccount, path: string, method: string): Item | readonly Item[] {
    const [first = '', id = '', part = '', agent = ''] = path.split('/').slice(1);
    if (method !== 'GET') throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${method} is not played`);
    if (first === 'tenants') return tenantsOf(account, this.#host.tenants).map(tenantItem);
    if (first === 'tenant' && account.tenant !== undefined) return tenantItem(account.tenant);
    // An administrator sees a tenant only after switching to it.
    if (account.tenant === undefined) throw new Refusal(403, 'FORBIDDEN', 'Tenant login required');
    switch (first) {
      case 'users':
        return usersResource(account.tenant, id, part);
      case 'call_queues':
        return queuesResource(account.tenant, id, part, agent, this.#host.now());
      case 'sessions':
        return [...account.tenant.calls.values()].map(sessionItem);
      default:
        throw notFound(path);
    }
  }
}

function tenantsOf(account: FakeAccount, tenants: readonly FakeTenant[]): readonly FakeTenant[] {
  return account.tenant === undefined ? tenants : [account.tenant];
}

function tenantItem({ id, name, domain }: FakeTenant): Item {
  return { id, name, domain, enabled: true, timezone: 'Europe/Paris' };
}

function usersResource(tenant: FakeTenant, id: string, part: string): Item | readonly Item[] {
  const users = [...tenant.extensions.values()];
  if (id === '') {
    return users.map((user) => ({
      id: user.id,
      name: user.username,
      enabled: true,
      email: `${user.username}@${tenant.domain}`,
      display_name: user.displayName,
      role: user.permissions.length > 0 ? 'ADMIN' : 'USER',
      extension_number: user.number,
    }));
  }
  const user = users.find((one) => one.id === id);
  if (user === undefined || !['status', 'call_queues'].includes(part)) throw notFound(id);
  if (part === 'call_queues') {
    return [...tenant.queues.values()]
      .filter((queue) => queue.agents.has(user.number))
      .map(queueItem);
  }
  return {
    status: user.online ? 'ONLINE' : 'OFFLINE',
    presence: user.presence,
    presence_note: user.presenceNote,
    registration: user.online ? [{ instance_id: `phone-${user.number}`, enable_push: false }] : [],
    enable_dnd: user.presence === 'DO_NOT_DISTURB',
  };
}

function queueItem({ id, name, number }: FakeQueue): Item {
  return { id, name, extension_number: number, polling_strategy: 'LONGEST_IDLE' };
}

function queuesResource(
  tenant: FakeTenant,
  id: string,
  part: string,
  agentNumber: string,
  now: number,
): Item | readonly Item[] {
  if (id === '') return [...tenant.queues.values()].map(queueItem);
  const queue = [...tenant.queues.values()].find((one) => one.id === id);
  if (queue === undefined) throw notFound(id);
  const agents = [...queue.agents].map(([number, { state }]) => ({
    extension_number: number,
    display_name: tenant.extensions.get(number)?.displayName ?? '',
    status: state,
  }));
  switch (part) {
    case '':
      return {
        ...queueItem(queue),
        sla_time: queue.slaSeconds,
        enable_wrap_up: queue.wrapUpSeconds > 0,
        wrap_up_time: queue.wrapUpSeconds,
        enable_night_mode: queue.nightMode,
      };
    case 'status':
      return { status: isServed(queue) ? 'ONLINE' : 'OFFLINE' };
    case 'agents': {
      if (agentNumber === '') return agents.map(({ status: _status, ...rest }) => rest);
      const agent = agents.find((one) => one.extension_number === agentNumber);
      if (agent === undefined) throw notFound(agentNumber);
      return agent;
    }
    case 'waiting':
      return queue.waiting.map((caller) => ({
        session_id: caller.sessionId,
        extension_number: caller.number,
        display_name: caller.name,
        waiting_time: Math.floor(now / 1000) - caller.since,
      }));
    default:
      throw notFound(part);
  }
}

function isServed({ agents }: FakeQueue): boolean {
  return [...agents.values()].some(({ state }) => state !== 'LOGGED_OUT');
}

function sessionItem(call: FakeCall): Item {
  return {
    id: call.sessionId,
    calls: [
      {
        caller: call.callerNumber,
        caller_display_name: call.callerName,
        callee: call.answeredBy === '' ? call.calleeNumber : call.answeredBy,
        started_at: new Date(call.startedAt * 1000).toISOString(),
      },
    ],
  };
}

function page(found: Item | readonly Item[], query: URLSearchParams): unknown {
  if (!isItems(found)) return found;
  const items = filtered(found, query.get('filter') ?? query.get('$filter') ?? '');
  const skip = wholeNumber(query.get('skip') ?? query.get('$skip') ?? '0');
  const top = wholeNumber(query.get('top') ?? query.get('$top') ?? String(DEFAULT_TOP));
  if (top < 1 || top > MAX_TOP) throw new Refusal(400, 'INVALID_ARGUMENT', `top is ${top}`);
  return { count: items.length, items: items.slice(skip, skip + top) };
}

function isItems(found: Item | readonly Item[]): found is readonly Item[] {
  return Array.isArray(found);
}

function filtered(items: readonly Item[], filter: string): readonly Item[] {
  if (filter === '') return items;
  const [, field = '', value] = /^(\w+) eq '([^']*)'$/u.exec(filter) ?? [];
  if (value === undefined) throw new Refusal(400, 'INVALID_FILTER', `cannot read ${filter}`);
  return items.filter((item) => item[field] === value);
}

function wholeNumber(given: string): number {
  if (!/^\d{1,6}$/u.test(given)) throw new Refusal(400, 'INVALID_ARGUMENT', `no number: ${given}`);
  return Number(given);
}

function notFound(what: string): Refusal {
  return new Refusal(404, 'NOT_FOUND', `no such thing: ${what}`);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, error: unknown): void {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, 'INTERNAL_ERROR', String(error));
  const { status, code, message } = refusal;
  send(response, status, { errors: [{ code, message }] });
}
