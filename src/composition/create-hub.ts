import { authenticate } from '../access/connection-access.js';
import { ConnectionList } from '../console/connection-list.js';
import { clientAddress } from '../http/index.js';
import type { RteEvent } from '../rte/events/create-event.js';
import { createRteParts } from '../rte/rte-parts.js';
import type { RteUser } from '../rte/rte-user.js';
import type { Topic } from '../rte/subscription.js';
import { createSignalRServer, type SignalRServer } from '../signalr/index.js';
import type { Basis } from './basis.js';

/** The RTE hub in its SignalR server. */
export interface Hub {
  readonly server: SignalRServer<RteUser>;
  /** Who is connected, for administrators. */
  readonly connections: ConnectionList;
  /** Delivers no more events. */
  readonly stopDelivery: () => void;
}

/**
 * Makes the hub that clients connect to.
 * @param currentState the state of an entity that had no event yet; asked once clients are there
 */
export function createHub(basis: Basis, currentState: (topic: Topic) => RteEvent | undefined): Hub {
  const { settings, logger, metrics, audit, recorder, now } = basis;
  const { hub, sizes, stop, ...subscriptions } = createRteParts({
    ...basis,
    ...settings.hub,
    metrics: metrics.rte,
    currentState,
  });
  const server = createSignalRServer<RteUser>({
    hub,
    authenticate: (request) =>
      authenticate(
        { ...basis, onRefused: (...refused) => recorder.tokenRefused(...refused) },
        request,
      ),
    onRequestRefused: (refused) => recorder.requestRefused(refused),
    options: {
      maximumConnections: settings.hub.connectionLimit,
      closeOnAuthenticationExpiration: settings.tokens.closeOnExpiry,
      allowedOrigins: settings.http.allowedOrigins,
      originSettingHint: 'Add the origin to RTE_ALLOWED_ORIGINS.',
      // For clients that ask for it; each may then hold 100 kB more, a tenth of what may wait for it.
      allowStatefulReconnects: true,
    },
    remoteAddress: clientAddress(settings.http.trustedProxies),
    logger,
    metrics: metrics.signalr,
    now,
  });
  metrics.connectionLimit(settings.hub.connectionLimit);
  metrics.watchServer(() => server.stats());
  metrics.watchTables('rte', () => ({
    entries: {
      ...sizes(),
      auditedUsers: audit.size,
    },
  }));
  const connections = new ConnectionList({ ...basis, ...subscriptions, server });
  return { server, connections, stopDelivery: stop };
}
