import {
  type HubConnection,
  HubConnectionBuilder,
  type IHttpConnectionOptions,
  LogLevel,
} from '@microsoft/signalr';
import type { TestHub } from './test-hub.js';

export interface SubscriptionResult {
  readonly subscribed: boolean;
  readonly message: string | null;
  readonly entityId: string;
  readonly eventName: string;
}

export interface ReceivedMessage {
  readonly subscription: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

type Data = ReceivedMessage['data'];

/** Message fields that differ each time. */
const ALWAYS_NEW = new Set(['id', 'timestamp']);

/** Microsoft's client, connected to a hub, that keeps every message it gets. */
export class RteClient {
  readonly connection: HubConnection;
  readonly messages: ReceivedMessage[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(connection: HubConnection) {
    this.connection = connection;
    connection.on('MessageReceived', (message: ReceivedMessage) => {
      this.messages.push(message);
      for (const check of this.#waiting) check();
    });
  }

  /** Logs in at the token endpoint and connects. */
  static async connect(hub: TestHub, userName: string): Promise<RteClient> {
    const { Url, Token } = await hub.token(userName);
    return RteClient.connectWith(Url, Token);
  }

  /**
   * Connects with a token that the test has in hand.
   * @throws what the client says when the hub refuses it
   */
  static async connectWith(
    url: string,
    token: string,
    options: IHttpConnectionOptions = {},
  ): Promise<RteClient> {
    const connection = new HubConnectionBuilder()
      .withUrl(url, { ...options, accessTokenFactory: () => token })
      .configureLogging(LogLevel.None)
      .build();
    const client = new RteClient(connection);
    await connection.start();
    return client;
  }

  /** Subscribes to pairs of entity id and event name. */
  async subscribe(...pairs: readonly (readonly [string, string])[]): Promise<SubscriptionResult[]> {
    const items = pairs.map(([EntityId, EventName]) => ({ EntityId, EventName }));
    return this.connection.invoke<SubscriptionResult[]>('Subscribe', items);
  }

  /** All data received of one event of one entity, in order, without what is always new. */
  received(eventType: string, entityId: string): Data[] {
    return this.messages
      .map(({ data }) => data)
      .filter((data) => data['eventType'] === eventType && data['entityId'] === entityId);
  }

  /**
   * Resolves with the first message that holds `expected`; ten seconds
   * without one end the wait, and the failure shows what came instead.
   */
  async waitFor(
    eventType: string,
    entityId: string,
    expected: Readonly<Record<string, unknown>>,
  ): Promise<Data> {
    return this.#waitUntil(
      () => this.#find(eventType, entityId, expected),
      () => JSON.stringify({ expected, latest: this.#latest(eventType, entityId) }),
    );
  }

  /** Resolves with the data of the first message that `matches`; waits as long as `waitFor`. */
  async waitForAny(matches: (data: Data) => boolean): Promise<Data> {
    return this.#waitUntil(
      () => this.messages.find(({ data }) => matches(data))?.data,
      () => `none of ${String(this.messages.length)} matches`,
    );
  }

  /** Forgets what was received so far. */
  forget(): void {
    this.messages.length = 0;
  }

  async stop(): Promise<void> {
    await this.connection.stop();
  }

  #find(eventType: string, entityId: string, expected: Data): Data | undefined {
    return this.received(eventType, entityId).find((data) => holds(data, expected));
  }

  #latest(eventType: string, entityId: string): Data | undefined {
    return this.received(eventType, entityId).at(-1);
  }

  async #waitUntil(find: () => Data | undefined, describe: () => string): Promise<Data> {
    let found = find();
    while (found === undefined) {
      await this.#nextMessage(describe);
      found = find();
    }
    return found;
  }

  #nextMessage(describe: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const tooLong = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`no such message within 10 s: ${describe()}`));
      }, 10_000);
      const check = (): void => {
        clearTimeout(tooLong);
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }
}

function holds(data: Data, expected: Data): boolean {
  return Object.entries(expected).every(
    ([key, value]) => JSON.stringify(data[key]) === JSON.stringify(value),
  );
}

/** The message's data without what is always new, for comparing all the rest. */
export function steady(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !ALWAYS_NEW.has(key)));
}
