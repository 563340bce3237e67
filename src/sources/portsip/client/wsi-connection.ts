import type { CommandReply } from '../wsi/command-reply.js';
import { parseFrame, type WsiFrame } from '../wsi/parse-frame.js';
import type { EndCause } from './back-off.js';
import { authCommand, describeLogin, type WsiCredentials } from './credentials.js';
import { jittered, LIMITS } from './limits.js';
import { type Refusal, Refusals } from './refusals.js';
import { SubscriptionRound } from './subscription-round.js';
import type { Subscription } from './subscriptions.js';
import type { OpenSocket, SocketOptions, WsiSocket } from './wsi-socket.js';

/**
 * Where a connection stands. `live` has subscribed to all it may; `refreshing` repeats that to get
 * snapshots; `asking-again` repeats what was refused.
 */
export type ConnectionState =
  | 'connecting'
  | 'authenticating'
  | 'subscribing'
  | 'live'
  | 'refreshing'
  | 'asking-again'
  | 'ended';

/** A frame that is no answer to a command of the connection's own. */
export type MessageFrame = Exclude<WsiFrame, { readonly kind: 'reply' }>;

export interface ConnectionOptions extends SocketOptions {
  readonly credentials: WsiCredentials;
  readonly openSocket: OpenSocket;
  /** What to subscribe to now; asked at every round. */
  subscriptions(): readonly Subscription[];
  onFrame(frame: MessageFrame): void;
  /** All that may be is subscribed to; snapshots have come or are on their way. */
  onSubscribed(): void;
  /** What is refused now, after `onSubscribed` and whenever it changes. */
  onRefusals(refusals: readonly Refusal[]): void;
  /** The delay before refused topics are asked for again, ms. */
  nextRetryMs(): number;
  /** Called once, last; not after `close`. */
  onEnd(cause: EndCause, problem: string): void;
}

/** One connection's life: TLS, login, subscriptions, messages, end. It does not come back. */
export class WsiConnection {
  readonly #options: ConnectionOptions;
  readonly #socket: WsiSocket;
  readonly #refusals = new Refusals();
  #state: ConnectionState = 'connecting';
  #round: SubscriptionRound | undefined;
  #refreshWanted = false;
  #cancelTimer: () => void = () => undefined;
  #cancelRetry: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#socket = options.openSocket(options, {
      onOpen: () => this.#authenticate(),
      onText: (text) => this.#take(text),
      onEnd: (problem) => this.#end('network', problem),
    });
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Subscribes anew, now or after what is being done: there is more to subscribe to. */
  refresh(): void {
    if (this.#state === 'live') this.#startRefresh();
    else this.#refreshWanted = true;
  }

  /** Lets go of the connection; nothing is told after it. */
  close(): void {
    this.#stopTimers();
    this.#state = 'ended';
    this.#socket.close();
  }

  #authenticate(): void {
    this.#state = 'authenticating';
    this.#cancelTimer = this.#options.timers.after(LIMITS.authMs, () => {
      this.#fail('network', `did not answer the login within ${LIMITS.authMs / 1000} s`);
    });
    this.#socket.send(authCommand(this.#options.credentials));
  }

  #take(text: string): void {
    if (this.#state === 'ended') return;
    const frame = parseFrame(text);
    if (frame.kind === 'reply') this.#takeReply(frame.reply);
    else this.#options.onFrame(frame);
  }

  #takeReply(reply: CommandReply): void {
    switch (this.#state) {
      case 'authenticating':
        this.#takeLogin(reply);
        return;
      case 'subscribing':
      case 'refreshing':
      case 'asking-again':
        if (reply.command === 'auth' && !reply.ok) this.#loseLogin(reply);
        else this.#round?.answer(reply);
        return;
      case 'live':
        if (reply.command === 'auth' && !reply.ok) this.#loseLogin(reply);
        else if (!reply.ok) this.#takeLateRefusal(reply);
        return;
      case 'connecting':
      case 'ended':
    }
  }

  #takeLogin(reply: CommandReply): void {
    this.#cancelTimer();
    if (reply.ok) this.#startRound('subscribing', this.#options.subscriptions());
    else this.#loseLogin(reply);
  }

  #loseLogin(reply: CommandReply): void {
    const who = describeLogin(this.#options.credentials);
    this.#fail('refusal', `refused the login of ${who} (it said: ${quoted(reply)})`);
  }

  #takeLateRefusal({ error }: CommandReply): void {
    const isNews = this.#refusals.addLate(error, this.#options.subscriptions());
    if (isNews) this.#options.onRefusals(this.#refusals.all);
  }

  #startRound(
    state: 'subscribing' | 'refreshing' | 'asking-again',
    subscriptions: readonly Subscription[],
  ): void {
    this.#stopTimers();
    this.#state = state;
    this.#round = new SubscriptionRound({
      subscriptions,
      timers: this.#options.timers,
      send: (text) => this.#socket.send(text),
      onDone: (refusals) => this.#finishRound(refusals),
    });
    this.#round.start();
  }

  #finishRound(refusals: readonly Refusal[]): void {
    const [refused] = refusals;
    if (this.#state === 'refreshing' && refused !== undefined) {
      // Whether a subscription may be repeated is not documented. A new connection may always ask.
      const { topics, error } = refused;
      this.#fail('network', `refused to repeat ${topics.join(', ')} (it said: ${error})`);
      return;
    }
    if (this.#state !== 'refreshing') this.#refusals.replace(refusals);
    this.#becomeLive();
  }

  #becomeLive(): void {
    const { timers, random } = this.#options;
    this.#round = undefined;
    this.#state = 'live';
    this.#cancelTimer = timers.after(jittered(LIMITS.snapshotMs, random), () => {
      this.refresh();
    });
    if (this.#refusals.topics.size > 0) {
      this.#cancelRetry = timers.after(this.#options.nextRetryMs(), () => this.#askAgain());
    }
    this.#options.onSubscribed();
    this.#options.onRefusals(this.#refusals.all);
    if (this.#refreshWanted) this.refresh();
  }

  #startRefresh(): void {
    this.#refreshWanted = false;
    const refused = this.#refusals.topics;
    const all = this.#options.subscriptions();
    this.#startRound(
      'refreshing',
      all.filter(({ topic, hasSnapshot }) => hasSnapshot && !refused.has(topic)),
    );
  }

  #askAgain(): void {
    const refused = this.#refusals.topics;
    const all = this.#options.subscriptions();
    this.#startRound(
      'asking-again',
      all.filter(({ topic }) => refused.has(topic)),
    );
  }

  #fail(cause: EndCause, problem: string): void {
    this.#socket.close();
    this.#end(cause, problem);
  }

  #end(cause: EndCause, problem: string): void {
    if (this.#state === 'ended') return;
    this.#stopTimers();
    this.#state = 'ended';
    this.#options.onEnd(cause, problem);
  }

  #stopTimers(): void {
    this.#cancelTimer();
    this.#cancelRetry();
    this.#round?.cancel();
  }
}

/** At most this much of the PBX's words goes into logs and readiness. */
const MAX_WORDS = 200;

function quoted(reply: CommandReply): string {
  return JSON.stringify(reply.error.slice(0, MAX_WORDS));
}
