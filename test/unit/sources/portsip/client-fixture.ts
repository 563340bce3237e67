import { EventEmitter, once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { WsiCredentials } from '../../../../src/sources/portsip/client/credentials.js';
import type { Selection } from '../../../../src/sources/portsip/client/subscriptions.js';
import {
  WsiClient,
  type WsiClientOptions,
} from '../../../../src/sources/portsip/client/wsi-client.js';
import type { MessageFrame } from '../../../../src/sources/portsip/client/wsi-connection.js';
import { openSocket } from '../../../../src/sources/portsip/client/wsi-socket.js';
import { FakePbx } from '../../../support/fake-portsip/fake-pbx.js';
import { ManualTimers } from '../../../support/manual-timers.js';

export const WILMA = {
  kind: 'user',
  username: 'wilma',
  password: 'user-200',
  domain: 'acme.example',
} as const satisfies WsiCredentials;

export const ALL_OF_ACME: Selection = {
  scope: 'tenant',
  extensions: ['201', '202', '203'],
  queues: ['600', '601'],
};

/** A fake PBX for one test. */
export async function givenPbx(): Promise<FakePbx> {
  const pbx = await FakePbx.start();
  onTestFinished(() => pbx.stop());
  return pbx;
}

/** A running client of a PBX whose time passes by hand, and what it has told. */
export class ClientUnderTest {
  readonly timers = new ManualTimers();
  readonly frames: MessageFrame[] = [];
  readonly statuses: { readonly up: boolean; readonly reason: string }[] = [];
  readonly notices: string[] = [];
  subscribedTimes = 0;
  selection: Selection = ALL_OF_ACME;
  readonly client: WsiClient;
  #connections = 0;
  readonly #told = new EventEmitter();
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(pbx: { readonly wsiUrl: string }, options: Partial<WsiClientOptions> = {}) {
    this.client = new WsiClient({
      url: pbx.wsiUrl,
      tlsInsecure: true,
      credentials: WILMA,
      openSocket: (socketOptions, listener) => {
        this.#connections += 1;
        return openSocket(socketOptions, listener);
      },
      timers: {
        after: (ms, act) => {
          const cancel = this.timers.after(ms, act);
          this.#told.emit('told');
          return cancel;
        },
      },
      random: () => 0.5,
      selection: () => this.selection,
      onFrame: (frame) => {
        this.frames.push(frame);
        this.#told.emit('told');
      },
      onSubscribed: () => {
        this.subscribedTimes += 1;
        this.#told.emit('told');
      },
      onCondition: (condition) => {
        const isUp = condition.state === 'up';
        this.statuses.push({ up: isUp, reason: isUp ? '' : condition.detail });
        this.#told.emit('told');
      },
      onNotice: (text) => {
        this.notices.push(text);
        this.#told.emit('told');
      },
      ...options,
    });
    this.#running = this.client.run(this.#stopping.signal);
    onTestFinished(() => this.stop());
  }

  /** The last status told. */
  get status() {
    return this.statuses.at(-1);
  }

  /** Resolves as soon as `isSo` holds, which is looked at whenever the client tells something. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(this.#told, 'told');
  }

  /** Resolves when a message of this name has come `times` times. */
  async hears(name: string, times = 1): Promise<void> {
    await this.until(() => this.names().filter((one) => one === name).length >= times);
  }

  /** Resolves when the `number`th connection has ended and the next one is waited for. */
  async ended(number: number): Promise<void> {
    await this.until(
      () =>
        this.#connections >= number &&
        this.client.state === 'waiting' &&
        this.timers.delays().length > 0,
    );
  }

  names(): string[] {
    return this.frames.map(({ name }) => name);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }
}
