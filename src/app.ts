import { partWithRemovedUsers, partWithRevoked } from './access/connection-access.js';
import { createBasis } from './composition/basis.js';
import { createCallbacks, openCallbacks } from './composition/callback-store.js';
import { createHttp } from './composition/create-http.js';
import { createHub } from './composition/create-hub.js';
import { createEventFlow } from './composition/event-flow.js';
import { endInTime } from './composition/end-in-time.js';
import { createLogins } from './composition/logins.js';
import { openQueueHistory } from './composition/queue-history-file.js';
import { watchSources } from './composition/source-health.js';
import type { Settings } from './config/index.js';
import { Console } from './console/console.js';
import { ContactCenter } from './contact-center/index.js';
import { type Address, listen } from './http/index.js';
import { CurrentStates } from './rte/current-states.js';
import { createSources } from './sources/create-sources.js';
import { SourceRunner } from './sources/source-runner.js';

/** The hub, built and ready to run. */
export interface App {
  /**
   * Opens the store, listens and starts the sources.
   * @throws when the embedded store can't be opened or the address not be listened on
   */
  start(): Promise<Address>;
  /** Takes no more events, parts with the clients, closes everything. Also after a failed start. */
  stop(): Promise<void>;
  /**
   * Reads the directory and the signing keys again; false when one of them was refused and stays as
   * it was.
   */
  reload(): Promise<boolean>;
}

/** What sources may take to say goodbye; systems that are well answer at once. */
const SOURCES_MS = 3_000;

/** What changes of callback requests may take to be written and told, when the hub stops. */
const FLUSH_MS = 2_000;

/**
 * Builds every part of the hub and connects them; nothing runs yet.
 * @throws DirectoryError or SigningKeyError with what the operator has to correct
 */
export async function createApp(settings: Settings, now: () => number = Date.now): Promise<App> {
  const basis = await createBasis(settings, now);
  const contactCenter = new ContactCenter();
  const states = new CurrentStates({ ...basis, contactCenter });
  const { server, connections, stopDelivery } = createHub(basis, (topic) => states.of(topic));
  const { wazoLogin, oidcLogin, logins } = await createLogins(basis);
  const callbacks = createCallbacks(basis);
  const feed = createEventFlow({
    ...settings.hub,
    ...basis,
    callbacks,
    contactCenter,
    watchTables: basis.metrics.watchTables,
    corrected: basis.metrics.rte.corrected,
    untold: basis.metrics.rte.untold,
  });
  const { history, stop: stopHistory } = await openQueueHistory({
    ...basis,
    contactCenter,
    isBehind: () => feed.isBehind,
  });
  const { observer, ...sourceHealth } = watchSources(basis);
  const administration = new Console({ ...basis, connections, health: sourceHealth });
  const http = createHttp(basis, server, {
    administration,
    logins,
    signIn: oidcLogin?.signIn,
    states,
    history,
    callbacks,
    sink: feed.sink,
  });
  basis.directory.onChange((next) => partWithRemovedUsers(server, next));
  const onSessionEnded = (id: string): void => {
    basis.endedSessions.add(id);
    wazoLogin?.sessionEnded(id);
    partWithRevoked(server, basis.endedSessions);
  };
  const sources = new SourceRunner({
    sources: createSources({ ...basis, observer, onSessionEnded }),
    sink: feed.sink,
    observer,
    logger: basis.logger,
  });
  return {
    async start() {
      await openCallbacks(callbacks, settings);
      feed.sink(basis.chosen.current());
      const address = await listen(http, settings.http);
      sources.start();
      history.start();
      oidcLogin?.start();
      return address;
    },
    async stop() {
      basis.health.startDraining();
      // A minute in which sources end is not heard to its end.
      await stopHistory();
      // What a source has acknowledged must reach the clients, so they leave after it has ended.
      const { wazoRest, portsipRest, logger } = basis;
      const ending = [sources.stop(), wazoRest?.close(), portsipRest?.close()];
      await endInTime(
        ending.filter((one) => one !== undefined),
        SOURCES_MS,
        logger,
      );
      feed.flush();
      await callbacks.flush(FLUSH_MS);
      await server.drain({ withinMs: settings.hub.drainSeconds * 1000 });
      feed.stop();
      stopDelivery();
      sourceHealth.stop();
      wazoLogin?.close();
      oidcLogin?.close();
      await http.close();
      await callbacks.stop();
    },
    async reload() {
      const reloaded = await Promise.all([basis.directory.reload(), basis.keys.reload()]);
      return reloaded.every(Boolean);
    },
  };
}
