import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { Headers } from './bus-line.js';

/**
 * Events that the broker has not confirmed yet: enough to keep it busy over a network, and what of
 * a file is in memory.
 */
const MAX_UNCONFIRMED = 1_000;

/** Names of events that are told apart; a file has some dozens. */
const MAX_NAMES = 1_000;

export interface BusMessage {
  readonly headers: Headers;
  readonly body: Buffer;
  readonly routingKey: string;
}

/**
 * Publishes with confirms, so that what counts as published is in the broker. Events that no queue
 * is bound for are counted by name: the broker confirms them, and throws them away.
 */
export class BusPublisher {
  readonly #connection: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #exchange: string;
  readonly #unroutedNames = new Map<string, number>();
  #unconfirmed = 0;
  #lost: Error | undefined;
  #onLost: () => void = () => undefined;
  readonly #whenLost = new Promise<void>((resolve) => {
    this.#onLost = resolve;
  });
  #wake: () => void = () => undefined;
  /** Events that the broker has taken. */
  confirmed = 0;
  /** Events that it has refused. */
  refused = 0;
  /** Taken, but no queue wanted them. */
  unrouted = 0;
  /** Whether it was waited for in vain; the connection may still stand. */
  isGivenUp = false;

  private constructor(connection: ChannelModel, channel: ConfirmChannel, exchange: string) {
    this.#connection = connection;
    this.#channel = channel;
    this.#exchange = exchange;
    const closed = (error = new Error('the broker closed the connection')) => this.#lose(error);
    connection.on('close', closed);
    channel.on('error', closed);
    channel.on('close', () => closed());
    channel.on('drain', () => this.#wake());
    channel.on('return', ({ properties }) => {
      const name: unknown = properties.headers?.['name'];
      this.#noteUnrouted(typeof name === 'string' ? name : '');
    });
  }

  /** @param connection is closed by `close` */
  static async open(connection: ChannelModel, exchange: string): Promise<BusPublisher> {
    return new BusPublisher(connection, await connection.createConfirmChannel(), exchange);
  }

  /** Whether the connection is gone, or was given up. */
  get isLost(): boolean {
    return this.#lost !== undefined;
  }

  /** How many unrouted events there were of each name, most first. */
  get unroutedNames(): [string, number][] {
    return [...this.#unroutedNames].sort(([, a], [, b]) => b - a);
  }

  /**
   * Sends an event. Resolves as soon as the next one may be sent; that the broker has it shows in
   * `confirmed`.
   * @throws when the connection is lost
   */
  async publish({ headers, body, routingKey }: BusMessage): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    this.#unconfirmed += 1;
    const hasRoom = this.#channel.publish(
      this.#exchange,
      routingKey,
      body,
      {
        headers,
        contentType: 'application/json',
        contentEncoding: 'utf-8',
        persistent: true,
        mandatory: true,
      },
      (error: unknown) => this.#settle(error),
    );
    if (!hasRoom) await this.#woken();
    while (this.#unconfirmed >= MAX_UNCONFIRMED) await this.#woken();
  }

  /** Resolves when the broker has answered for all. @throws when the connection is lost before */
  async settled(): Promise<void> {
    while (this.#unconfirmed > 0) await this.#woken();
  }

  /**
   * From now on the broker is waited for no longer than this: one that is short of memory or disk
   * keeps the connection and takes nothing from it, for hours if need be.
   */
  hurry(withinMs: number): void {
    const late = new Error(`it has not confirmed what was sent within ${String(withinMs)} ms`);
    const giveUp = (): void => {
      this.isGivenUp = this.#lost === undefined;
      this.#lose(late);
    };
    // It need not keep the process: the connection does.
    setTimeout(giveUp, withinMs).unref();
  }

  async close(): Promise<void> {
    // What is lost is closed already, or would not answer.
    if (this.#lost === undefined) await Promise.race([this.#connection.close(), this.#whenLost]);
  }

  #lose(error: Error): void {
    this.#lost ??= error;
    this.#onLost();
    this.#wake();
  }

  /** @throws when the connection is lost */
  async #woken(): Promise<void> {
    if (this.#lost === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#lost !== undefined) throw this.#lost;
  }

  #settle(error: unknown): void {
    this.#unconfirmed -= 1;
    if (error === null || error === undefined) this.confirmed += 1;
    else if (isNack(error)) this.refused += 1;
    this.#wake();
  }

  #noteUnrouted(name: string): void {
    this.unrouted += 1;
    const count = this.#unroutedNames.get(name);
    if (count === undefined && this.#unroutedNames.size >= MAX_NAMES) return;
    this.#unroutedNames.set(name, (count ?? 0) + 1);
  }
}

/** What else amqplib answers with is the end of the channel: whether the broker has it nobody knows. */
function isNack(error: unknown): boolean {
  return error instanceof Error && error.message === 'message nacked';
}
