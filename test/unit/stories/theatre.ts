import { DirectWazo } from '../../support/fake-wazo/direct-wazo.js';
import type { FakeWazoState } from '../../support/fake-wazo/state.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { Broker } from './broker.js';
import { Stage } from './stage.js';
import type { Stamp } from './story.js';

/** What may become of the bus and of the hub. */
export type Fate = 'the bus goes' | 'the bus is back' | 'the hub is killed' | 'another hub starts';

/** A Wazo with its broker, and the hub that is there just then. */
export class Theatre {
  readonly broker = new Broker();
  readonly #wazo: DirectWazo | undefined;
  readonly #onMessage: (data: ReceivedMessage['data']) => void;
  #hub: Stage;

  /**
   * @param rest what Wazo's services answer at first; without it the hub has only the bus
   * @param stamp makes the bodies of the hub's own markers, as wazo-amid publishes them
   */
  constructor(
    onMessage: (data: ReceivedMessage['data']) => void,
    rest: ((state: FakeWazoState) => void) | undefined,
    stamp: Stamp,
  ) {
    this.#onMessage = onMessage;
    if (rest !== undefined) {
      this.#wazo = new DirectWazo();
      rest(this.#wazo.state);
      this.#wazo.onUserEvent = (fields) => {
        this.broker.publish(stamp({ name: 'UserEvent', data: { Event: 'UserEvent', ...fields } }));
        return Promise.resolve();
      };
    }
    this.#hub = this.#start();
  }

  turn(fate: Fate | undefined, change: ((state: FakeWazoState) => void) | undefined): void {
    if (this.#wazo !== undefined) change?.(this.#wazo.state);
    switch (fate) {
      case undefined:
        break;
      case 'the bus goes':
        this.broker.disconnect();
        break;
      case 'the bus is back':
        this.broker.connect(this.#hub);
        break;
      case 'the hub is killed':
        this.#hub.kill();
        this.broker.disconnect();
        break;
      case 'another hub starts':
        this.#hub = this.#start();
        break;
    }
  }

  /** Lets time pass, with everything that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    await this.#hub.pass(milliseconds);
  }

  /**
   * Ends the hub.
   * @throws when a message was not acknowledged
   */
  end(): void {
    this.#hub.end();
  }

  #start(): Stage {
    const hub = new Stage(this.#onMessage, this.#wazo);
    this.broker.connect(hub);
    return hub;
  }
}
