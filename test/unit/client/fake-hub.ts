import type { Environment } from '../../../src/client/environment.js';
import type { Failure } from '../../../src/client/failures.js';
import type { HubLink, HubLinkOptions } from '../../../src/client/hub-link.js';
import { createRteClient, type RteClient } from '../../../src/client/index.js';
import type { RteClientOptions } from '../../../src/client/options.js';
import { ManualTimers } from '../../support/manual-timers.js';

type Method = (...args: readonly unknown[]) => unknown;

const LOST: Failure = { kind: 'passing', reason: 'connection-lost', detail: 'cut' };

/** A connection whose hub is a test. */
export class FakeLink implements HubLink {
  readonly options: HubLinkOptions;
  readonly ended: Promise<Failure>;
  isUp = true;
  readonly #methods: ReadonlyMap<string, Method>;
  #end: (failure: Failure) => void = () => {};
  readonly #onCut: (() => void)[] = [];

  constructor(options: HubLinkOptions, methods: ReadonlyMap<string, Method>) {
    this.options = options;
    this.#methods = methods;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async invoke(name: string, ...args: readonly unknown[]): Promise<unknown> {
    if (!this.isUp) throw new Error('The connection is not up.');
    const method = this.#methods.get(name);
    if (method === undefined) throw new Error('Method does not exist.');
    const cut = new Promise<never>((_, reject) => {
      this.#onCut.push(() => reject(new Error('Invocation canceled: the connection is closed.')));
    });
    return Promise.race([method(...args), cut]);
  }

  /** Ends it from the hub's side. */
  cut(failure: Failure = LOST): void {
    this.isUp = false;
    for (const act of this.#onCut) act();
    this.#end(failure);
  }

  close(): Promise<void> {
    this.cut({ kind: 'passing', reason: 'hub-closed', detail: '' });
    return Promise.resolve();
  }

  /** Sends a message of an event. */
  send(eventType: string, id: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.options.onMessage({
      subscription: { id: 's', eventType, entityId: '*', allEntities: true },
      data: { eventType, id, timestamp: '2026-03-20T08:00:00.000Z', ...more },
    });
  }
}

/** A hub made of a test's answers, and the client's surroundings with it. */
export class FakeHub {
  readonly timers = new ManualTimers();
  /** What the hub was asked: the method and its arguments. */
  readonly calls: unknown[][] = [];
  /** Requests for a token, with their headers. */
  readonly tokenRequests: Headers[] = [];
  readonly links: FakeLink[] = [];
  /** How the token endpoint answers. */
  onToken: () => Response | Promise<Response> = () => tokenAnswer();
  /** Thrown by the next connections instead of their start. */
  refusal: Error | undefined;
  readonly #methods = new Map<string, Method>();
  readonly #wakers = new Set<() => void>();

  /** Answers a method of the hub. */
  method(name: string, answer: Method): void {
    this.#methods.set(name, (...args) => {
      this.calls.push([name, ...args]);
      return answer(...args);
    });
  }

  /** The newest connection. */
  get link(): FakeLink {
    const link = this.links.at(-1);
    if (link === undefined) throw new Error('There was no connection yet.');
    return link;
  }

  wake(): void {
    for (const act of this.#wakers) act();
  }

  get environment(): Environment {
    return {
      fetch: (_url, { headers }) => {
        this.tokenRequests.push(new Headers(headers));
        return Promise.resolve(this.onToken());
      },
      now: this.timers.now,
      random: () => 0,
      after: (ms, act) => this.timers.after(ms, act),
      onWake: (act) => {
        this.#wakers.add(act);
        return () => this.#wakers.delete(act);
      },
      openLink: async (options) => {
        if (this.refusal !== undefined) throw this.refusal;
        const link = new FakeLink(options, this.#methods);
        this.links.push(link);
        return link;
      },
    };
  }

  client(options: Partial<RteClientOptions> = {}): RteClient {
    const credentials = { userName: 'anna', secret: 'secret' };
    return createRteClient({ url: 'http://hub.test', credentials, ...options }, this.environment);
  }
}

/** An answer of the token endpoint. */
export function tokenAnswer(
  fields: Readonly<Record<string, unknown>> = {},
  headers: Record<string, string> = {},
): Response {
  const answer = { Token: 'a token', Url: 'http://hub.test/rte', ExpiresIn: 600, ...fields };
  return Response.json(answer, { headers });
}

/** A problem as the hub answers it. */
export function problem(status: number, detail: string, headers: Record<string, string> = {}) {
  return Response.json({ title: 'Problem', status, detail }, { status, headers });
}

/** An answer to Resume that grants everything. */
export function resumed(items: unknown, lastEventId: string, reason: string | null = null) {
  const asked = Array.isArray(items) ? items : [];
  return {
    resumed: reason === null,
    replayed: 0,
    expired: 0,
    reason,
    lastEventId,
    results: asked.map(() => ({ subscribed: true, message: null })),
  };
}
