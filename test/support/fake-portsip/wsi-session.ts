import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { FakeAccount, FakeTenant } from './model.js';
import { topicOf, type NamedTopic, type TopicKind } from './topics.js';
import type { WireMessage } from './wire-messages.js';

/** What a session asks its PBX. */
export interface SessionHost {
  readonly tenants: readonly FakeTenant[];
  /** False for a PBX that does not answer (un)subscriptions; the vendor documents no answer. */
  readonly answersSubscriptions: boolean;
  accountOf(credentials: AuthCommand): FakeAccount | undefined;
}

const authCommand = z.looseObject({
  command: z.literal('auth'),
  username: z.string().optional(),
  extension_number: z.string().optional(),
  password: z.string(),
  domain: z.string().optional(),
});

export type AuthCommand = z.infer<typeof authCommand>;

const numbers = z.array(z.string()).optional();
const subscriptionCommand = z.object({
  command: z.enum(['subscribe', 'unsubscribe']),
  topics: z.array(z.string()).optional(),
  extensions: numbers,
  queues: numbers,
  tenants: numbers,
});

type SubscriptionCommand = z.infer<typeof subscriptionCommand>;

const NOT_LOGGED_IN = 'please auth first';

/** One client's connection as the PBX sees it: who it is, and what it asked for. */
export class WsiSession {
  readonly #socket: WebSocket;
  readonly #host: SessionHost;
  /** The numbers or tenant ids chosen, by the topic's name. */
  readonly #chosen = new Map<string, Set<string>>();
  /** Every command that came, passwords included; for tests. */
  readonly commands: WireMessage[] = [];
  readonly #received = new EventEmitter();
  #account: FakeAccount | undefined;
  #replies = 0;

  constructor(socket: WebSocket, host: SessionHost) {
    this.#socket = socket;
    this.#host = host;
  }

  /** Resolves when the client has sent `times` commands that have these fields. */
  async received(fields: WireMessage, times = 1): Promise<void> {
    while (this.commands.filter((command) => hasFields(command, fields)).length < times) {
      await once(this.#received, 'command');
    }
  }

  /** Takes one WebSocket message of the client. */
  take(text: string): void {
    const command: unknown = JSON.parse(text);
    this.commands.push(z.looseObject({}).parse(command));
    this.#received.emit('command');
    const auth = authCommand.safeParse(command);
    if (auth.success) {
      this.#authenticate(auth.data);
      return;
    }
    const subscription = subscriptionCommand.safeParse(command);
    if (subscription.success) this.#changeSubscription(subscription.data);
    else this.#reply('', 'unknown command');
  }

  /** Sends a message of a tenant's topic when this session asked for it. */
  publish(tenant: FakeTenant, kind: TopicKind, message: WireMessage, number?: string): void {
    if (this.#hears(tenant, kind, number)) this.send(message);
  }

  send(message: WireMessage): void {
    this.sendText(JSON.stringify(message));
  }

  /** Sends any text, such as one that is no JSON. */
  sendText(text: string): void {
    this.#socket.send(text);
  }

  #hears(tenant: FakeTenant, kind: TopicKind, number: string | undefined): boolean {
    if (this.#chosen.get(`global_${kind}`)?.has(tenant.id) === true) return true;
    const chosen = this.#account?.tenant === tenant ? this.#chosen.get(kind) : undefined;
    if (chosen === undefined) return false;
    return number === undefined || topicOf(kind)?.selector === undefined || chosen.has(number);
  }

  #authenticate(command: AuthCommand): void {
    this.#account = this.#host.accountOf(command);
    const error = 'access_token , username , domain or password error';
    this.#reply('auth', this.#account === undefined ? error : undefined);
  }

  #changeSubscription(command: SubscriptionCommand): void {
    const topics = command.topics ?? [...this.#chosen.keys()];
    const refusals = topics.map((name) => this.#refusal(name)).filter((one) => one !== undefined);
    if (refusals.length === 0) for (const name of topics) this.#change(name, command);
    if (this.#host.answersSubscriptions) this.#reply(command.command, refusals[0]);
    if (refusals.length > 0 || command.command === 'unsubscribe') return;
    for (const name of topics) this.#sendSnapshot(name);
  }

  #refusal(name: string): string | undefined {
    const topic = topicOf(name);
    if (topic === undefined) return `unknown topic ${name}`;
    if (this.#account === undefined) return NOT_LOGGED_IN;
    return isAllowed(this.#account, topic) ? undefined : `no permission to subscribe ${name}`;
  }

  #change(name: string, command: SubscriptionCommand): void {
    const selector = topicOf(name)?.selector;
    const given = selector === undefined ? [] : (command[selector] ?? []);
    if (command.command === 'subscribe') {
      this.#chosen.set(name, new Set([...(this.#chosen.get(name) ?? []), ...given]));
      return;
    }
    const rest = [...(this.#chosen.get(name) ?? [])].filter((one) => !given.includes(one));
    if (rest.length > 0 && given.length > 0) this.#chosen.set(name, new Set(rest));
    else this.#chosen.delete(name);
  }

  #sendSnapshot(name: string): void {
    const topic = topicOf(name);
    const chosen = this.#chosen.get(name);
    if (topic === undefined || chosen === undefined) return;
    for (const tenant of this.#host.tenants) {
      if (topic.isGlobal ? !chosen.has(tenant.id) : this.#account?.tenant !== tenant) continue;
      const only = topic.isGlobal || topic.selector === undefined ? undefined : chosen;
      for (const message of topic.snapshot(tenant, only)) this.send(message);
    }
  }

  #reply(command: string, error: string | undefined): void {
    this.#replies += 1;
    const id = String(this.#replies);
    this.send(
      error === undefined ? { command, id, status: 0 } : { command, error, id, status: -1 },
    );
  }
}

function isAllowed(account: FakeAccount, topic: NamedTopic): boolean {
  if (topic.isGlobal !== (account.tenant === undefined)) return false;
  return topic.permissions.some((permission) => account.holder.permissions.includes(permission));
}

function hasFields(command: WireMessage, fields: WireMessage): boolean {
  return Object.entries(fields).every(([name, value]) => isDeepStrictEqual(command[name], value));
}
