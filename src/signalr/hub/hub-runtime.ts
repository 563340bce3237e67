import type { SignalRLogger, SignalRMetrics } from '../observer.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Dispatcher } from './dispatcher.js';
import type { HubDefinition, HubUser } from './hub-definition.js';
import type { LifetimeManager } from './lifetime-manager.js';
import type { SignalROptions } from './options.js';

/** What all connections of one server share. */
export interface HubRuntime<User extends HubUser> {
  readonly hub: HubDefinition<User>;
  readonly dispatcher: Dispatcher<User>;
  readonly lifetime: LifetimeManager<User>;
  readonly protocols: readonly HubProtocol[];
  readonly options: SignalROptions;
  readonly logger: SignalRLogger;
  readonly metrics: SignalRMetrics;
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds on the heartbeat's clock. */
  readonly time: () => number;
}
