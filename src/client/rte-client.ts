import type { RteEventName } from '../rte/events/event-catalogue.js';
import type { ClientStatus } from './client-status.js';
import { ClockOffset } from './clock-offset.js';
import { systemEnvironment, type Environment } from './environment.js';
import { EventHandlers, type EventHandler, type ReceivedMessage } from './event-handlers.js';
import { HubSession } from './hub-session.js';
import { keepConnected } from './keep-connected.js';
import { Listeners } from './listeners.js';
import { baseOf, type RteClientOptions } from './options.js';
import { ResumePoint } from './resume-point.js';
import { SubscriptionSet } from './subscription-set.js';
import type { EntitySubscription, SubscriptionResult } from './subscription.js';
import type { GapReason } from './subscribing.js';
import { TokenSource } from './token-source.js';

/** A connection to a hub that lasts, whatever happens to the network or the hub. */
export interface RteClient {
  /** How it is connected. */
  readonly status: ClientStatus;
  /** How many milliseconds the hub's clock is ahead of this machine's; 0 until that is known. */
  readonly clockOffsetMs: number;
  /** Calls a handler with each event of that name. @returns what takes it away again */
  on<Name extends RteEventName>(name: Name, handler: EventHandler<Name>): () => void;
  /** Calls a handler with every event; `data.eventType` tells which one. */
  onAny(handler: EventHandler<RteEventName>): () => void;
  /** Tells each change of `status`. */
  onStatus(listener: (status: ClientStatus) => void): () => void;
  /**
   * Tells that something was missed and can't be had any more: read all anew (REST). The states of
   * what one is subscribed to come by themselves, after this.
   */
  onGap(listener: (reason: GapReason) => void): () => void;
  /** Tells each item that the hub refuses, also when it is asked again after a reconnect. */
  onRefused(listener: (result: SubscriptionResult) => void): () => void;
  /**
   * Subscribes, now or once connected, and again after each reconnect until `unsubscribe`.
   * @returns what the hub says to each item, in order; waits for a hub that is away. Never rejects
   * but with a RangeError for more than 4,000 items.
   */
  subscribe(items: readonly EntitySubscription[]): Promise<SubscriptionResult[]>;
  /** Ends subscriptions. @returns once the hub sends nothing of them any more */
  unsubscribe(items: readonly EntitySubscription[]): Promise<void>;
  /**
   * Connects and stays connected. Does nothing when it does so already.
   * @returns the status once it is `connected`, `refused` or `stopped`; never rejects
   */
  start(): Promise<ClientStatus>;
  /** Ends the connection; handlers and subscriptions stay for the next start. */
  stop(): Promise<void>;
}

/**
 * Makes a client of an RTE hub; `start()` connects it.
 * @throws TypeError when `url` is no http(s) URL
 */
export function createRteClient(
  options: RteClientOptions,
  environment: Environment = systemEnvironment(),
): RteClient {
  return new Client(options, environment);
}

class Client implements RteClient {
  readonly #options: RteClientOptions;
  readonly #environment: Environment;
  readonly #onError: (error: unknown) => void;
  readonly #clock = new ClockOffset();
  readonly #tokens: TokenSource;
  readonly #set = new SubscriptionSet();
  readonly #point = new ResumePoint();
  readonly #handlers: EventHandlers;
  readonly #statusListeners: Listeners<ClientStatus>;
  readonly #gapListeners: Listeners<GapReason>;
  readonly #refusedListeners: Listeners<SubscriptionResult>;
  #status: ClientStatus = { state: 'stopped' };
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #session: HubSession | undefined;

  constructor(options: RteClientOptions, environment: Environment) {
    const { credentials, onError = reportToConsole } = options;
    this.#options = options;
    this.#environment = environment;
    this.#onError = onError;
    const clock = this.#clock;
    this.#tokens = new TokenSource({ base: baseOf(options.url), credentials, environment, clock });
    this.#handlers = new EventHandlers(onError);
    this.#statusListeners = new Listeners(onError);
    this.#gapListeners = new Listeners(onError);
    this.#refusedListeners = new Listeners(onError);
  }

  get status(): ClientStatus {
    return this.#status;
  }

  get clockOffsetMs(): number {
    return this.#clock.ms;
  }

  on<Name extends RteEventName>(name: Name, handler: EventHandler<Name>): () => void {
    return this.#handlers.on(name, handler);
  }

  onAny(handler: EventHandler<RteEventName>): () => void {
    return this.#handlers.onAny(handler);
  }

  onStatus(listener: (status: ClientStatus) => void): () => void {
    return this.#statusListeners.add(listener);
  }

  onGap(listener: (reason: GapReason) => void): () => void {
    return this.#gapListeners.add(listener);
  }

  onRefused(listener: (result: SubscriptionResult) => void): () => void {
    return this.#refusedListeners.add(listener);
  }

  async subscribe(items: readonly EntitySubscription[]): Promise<SubscriptionResult[]> {
    const answers = items.map((item) => this.#set.add(item));
    // When the connection ends first, they are asked for on the next one.
    this.#session?.askMore().catch(() => undefined);
    return Promise.all(answers);
  }

  async unsubscribe(items: readonly EntitySubscription[]): Promise<void> {
    for (const item of items) this.#set.remove(item);
    await this.#session?.unsubscribe(items).catch(this.#onError);
  }

  async start(): Promise<ClientStatus> {
    // One that ends is no answer to who wants another.
    if (this.#running?.abort.signal.aborted || this.#status.state === 'refused') {
      await this.#running?.done;
    }
    this.#running ??= this.#run();
    return new Promise((resolve) => {
      const settle = (status: ClientStatus): void => {
        const { state } = status;
        if (state === 'connecting' || state === 'reconnecting') return;
        stop();
        resolve(status);
      };
      const stop = this.#statusListeners.add(settle);
      settle(this.#status);
    });
  }

  async stop(): Promise<void> {
    const running = this.#running;
    running?.abort.abort();
    await this.#session?.close();
    await running?.done;
  }

  #run(): { abort: AbortController; done: Promise<void> } {
    const abort = new AbortController();
    const stopWatching = this.#environment.onWake(() => this.#wakeUp(abort.signal));
    const done = keepConnected(
      {
        connect: (signal) => this.#connect(signal),
        onStatus: (status) => this.#tellStatus(status),
        environment: this.#environment,
      },
      abort.signal,
    ).finally(() => {
      stopWatching();
      this.#session = undefined;
      this.#running = undefined;
      if (abort.signal.aborted) this.#tellStatus({ state: 'stopped' });
      this.#set.giveUp(abort.signal.aborted ? 'The client was stopped.' : 'Not logged in.');
    });
    return { abort, done };
  }

  async #connect(signal: AbortSignal): Promise<HubSession> {
    const { resume = true, transport } = this.#options;
    const { url } = await this.#tokens.renew(signal);
    const session = new HubSession({
      set: this.#set,
      point: this.#point,
      resume,
      after: this.#environment.after,
      onMessage: (message) => this.#receive(message),
      onGap: (reason) => this.#gapListeners.tell(reason),
      onRefused: (result) => this.#refusedListeners.tell(result),
    });
    const link = await this.#environment.openLink({
      url: this.#withQuery(url),
      token: () => this.#tokens.current(signal),
      transport,
      fetch: this.#environment.fetch,
      now: this.#environment.now,
      after: this.#environment.after,
      onMessage: (message) => session.receive(message),
      signal,
    });
    this.#session = session;
    await session.begin(link);
    return session;
  }

  #wakeUp(signal: AbortSignal): void {
    if (this.#session === undefined) return;
    this.#session.probe();
    // The answer has the hub's time: this machine's may have been set. Without one the offset stays.
    this.#tokens.renew(signal).catch(() => undefined);
  }

  #withQuery(url: string): string {
    const whole = new URL(url);
    const { snapshot = true } = this.#options;
    whole.searchParams.set('snapshot', snapshot ? '1' : '0');
    return whole.href;
  }

  #receive(message: ReceivedMessage): void {
    this.#clock.sawEvent(message.data.timestamp, this.#environment.now());
    this.#handlers.handle(message);
  }

  #tellStatus(status: ClientStatus): void {
    this.#status = status;
    this.#statusListeners.tell(status);
  }
}

function reportToConsole(error: unknown): void {
  // A library without a log of its own: better seen than lost.
  // oxlint-disable-next-line no-console
  console.error('A handler of the RTE client failed:', error);
}
