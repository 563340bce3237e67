import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { amidOrder } from './amid-order.js';

/** The Wazo that the tests' events come from. */
export const ORIGIN_UUID = 'cc5d0d76-687e-40a7-81cf-75e0540d1787';

/** One event as its publisher has it in hand. */
export interface BusEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A bus message ready to be sent, once or several times. */
export interface StampedEvent extends BusEvent {
  readonly timestamp: string;
}

/** Publishes to a real RabbitMQ in the form of Wazo's services: headers repeated in the body. */
export class WazoBus {
  readonly #connection: ChannelModel;
  readonly #channel: ConfirmChannel;
  readonly #exchange: string;

  private constructor(connection: ChannelModel, channel: ConfirmChannel, exchange: string) {
    this.#connection = connection;
    this.#channel = channel;
    this.#exchange = exchange;
  }

  /** Connects, and declares the exchange as Wazo does. */
  static async connect(
    url: string,
    exchange = 'wazo-headers',
    type: 'headers' | 'topic' = 'headers',
  ): Promise<WazoBus> {
    const connection = await connect(url);
    const channel = await connection.createConfirmChannel();
    await channel.assertExchange(exchange, type, { durable: true });
    return new WazoBus(connection, channel, exchange);
  }

  /** Publishes events back to back, as amid does with what it read at once. */
  async publish(...events: readonly BusEvent[]): Promise<void> {
    await this.send(events.map((event) => stamp(event)));
  }

  /** Publishes what Asterisk said at once in the order in which wazo-amid passes it on. */
  async publishAsAmid(...events: readonly BusEvent[]): Promise<void> {
    await this.publish(...amidOrder(events));
  }

  /** Sends stamped events as they are; resolves when the broker has them. */
  async send(events: readonly StampedEvent[], routingKey = ''): Promise<void> {
    for (const { name, timestamp, data } of events) {
      const headers = {
        name,
        origin_uuid: ORIGIN_UUID,
        timestamp,
        required_access: `event.${name}`,
      };
      this.sendRaw(Buffer.from(JSON.stringify({ ...headers, data })), headers, routingKey);
    }
    await this.#channel.waitForConfirms();
  }

  /** Sends any bytes under an event's name. */
  sendRaw(body: Buffer, headers: Readonly<Record<string, string>>, routingKey = ''): void {
    this.#channel.publish(this.#exchange, routingKey, body, {
      headers,
      contentType: 'application/json',
      persistent: true,
    });
  }

  /** The broker's channel, for what only a test does. */
  get channel(): ConfirmChannel {
    return this.#channel;
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

let microseconds = 0;

/** Gives the event a stamp like those of Wazo: local time without a zone, to the microsecond. */
export function stamp(event: BusEvent): StampedEvent {
  microseconds = (microseconds + 1) % 1000;
  const time = new Date().toISOString().slice(0, -1);
  return { ...event, timestamp: `${time}${String(microseconds).padStart(3, '0')}` };
}
