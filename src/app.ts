import type { FastifyInstance } from 'fastify';
import { createCallbackFlow } from './callback-flow.js';
import { ChosenAvailabilities } from './chosen-availabilities.js';
import { type CallbackService, createCallbackStore } from './callbacks/index.js';
import type { Settings } from './config/index.js';
import {
  authenticate,
  partWithRemovedUsers,
  partWithRevoked,
  revokeTokens,
} from './connection-access.js';
import { directoryLoader, openDirectory, type ReloadableDirectory } from './directory/index.js';
import { ContactCenter } from './contact-center/index.js';
import type { User } from './directory/types.js';
import { createEventFlow } from './event-flow.js';
import {
  type Address,
  clientAddress,
  createHttpServer,
  HUB_PATH,
  listen,
  observeRequests,
  registerAuthUserRoute,
  registerCors,
  registerHealthRoutes,
  registerKeysRoute,
  registerMetricsRoute,
  registerRest,
  registerRevocationRoutes,
  registerTokenRoute,
  registerWallboard,
} from './http/index.js';
import {
  createAuthenticator,
  type ExternalLogins,
  createTokenIssuer,
  createTokenVerifier,
  type TokenVerifier,
  EndedSessions,
  hashPassword,
  isPasswordHash,
  loadLoginSecret,
  loadSigningKeys,
  ReloadableKeys,
  RevokedTokens,
  SecretKeys,
} from './identity/index.js';
import {
  createLogger,
  createMetrics,
  HealthRegistry,
  type Logger,
  type Metrics,
} from './observability/index.js';
import { ConnectionList } from './console/connection-list.js';
import { Console } from './console/console.js';
import { recordingLogins } from './console/recorded-logins.js';
import { createRefusals } from './console/create-refusals.js';
import type { RefusalLog } from './console/refusal-log.js';
import type { RefusalRecorder } from './console/refusal-recorder.js';
import { createRestOptions, type RestParts } from './rest-options.js';
import { AccessAudit } from './rte/access-audit.js';
import { InProcessEventBus, type RteEventBus } from './rte/event-bus.js';
import type { RteEvent } from './rte/events/create-event.js';
import { createRteParts } from './rte/rte-parts.js';
import type { RteUser } from './rte/rte-user.js';
import type { Topic } from './rte/subscription.js';
import { createSignalRServer, registerSignalR, type SignalRServer } from './signalr/index.js';
import { createSources } from './sources/create-sources.js';
import type { PortsipRest } from './sources/portsip/rest/portsip-rest.js';
import type { WazoRest } from './sources/wazo/rest/wazo-rest.js';
import { SourceRunner } from './sources/source-runner.js';
import { watchSources } from './source-health.js';
import { createLogins } from './logins.js';
import { hubVersion } from './version.js';
import { createWazoRest } from './wazo-services.js';
import { createPortsipRest } from './portsip-services.js';

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

/** What changes of callback requests may take to be written and told, when the hub stops. */
const FLUSH_MS = 2_000;

/** Where the build puts the wallboard, seen from src as from dist. */
const WALLBOARD_FOLDER = new URL('../dist/wallboard/', import.meta.url);

/** What all parts share. */
interface Basis {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthRegistry;
  readonly directory: ReloadableDirectory;
  /** Wazo's REST services, where the settings name them. */
  readonly wazoRest: WazoRest | undefined;
  /** PortSIP's REST API, where the settings name it. */
  readonly portsipRest: PortsipRest | undefined;
  readonly keys: ReloadableKeys;
  readonly verifier: TokenVerifier;
  readonly secretKeys: SecretKeys;
  readonly endedSessions: EndedSessions;
  readonly revokedTokens: RevokedTokens;
  readonly chosen: ChosenAvailabilities;
  readonly bus: RteEventBus;
  readonly audit: AccessAudit;
  readonly refusals: RefusalLog;
  readonly recorder: RefusalRecorder;
  readonly now: () => number;
}

/**
 * Builds every part of the hub and connects them; nothing runs yet.
 * @throws DirectoryError or SigningKeyError with what the operator has to correct
 */
export async function createApp(settings: Settings, now: () => number = Date.now): Promise<App> {
  const basis = await createBasis(settings, now);
  const { server, connections, stopDelivery } = createHub(basis, (topic) =>
    feed.currentState(topic),
  );
  const { wazoLogin, oidcLogin, logins } = createLogins(basis);
  const contactCenter = new ContactCenter();
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
  const { observer, ...sourceHealth } = watchSources(basis);
  const administration = new Console({ ...basis, connections, health: sourceHealth });
  const http = createHttp(basis, server, {
    administration,
    logins,
    contactCenter,
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
      oidcLogin?.start();
      return address;
    },
    async stop() {
      basis.health.startDraining();
      // What a source has acknowledged must reach the clients, so they leave after it has ended.
      await Promise.all([sources.stop(), basis.wazoRest?.close(), basis.portsipRest?.close()]);
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

async function createBasis(settings: Settings, now: () => number): Promise<Basis> {
  const logger = createLogger(settings.logLevel);
  const loadKeys = () => loadSigningKeys({ ...settings, ...settings.tokens });
  const keys = await ReloadableKeys.open(loadKeys, logger);
  const { dataDir, tokens } = settings;
  const secretKeys = new SecretKeys(await loadLoginSecret({ dataDir, ...tokens }));
  const hash = (password: string) =>
    hashPassword(password, undefined, secretKeys.saltFor(password));
  const load = directoryLoader(settings.directoryFile, {
    production: settings.production,
    passwords: { hash, isHash: isPasswordHash },
    withoutFile: settings.withoutDirectoryFile,
  });
  const metrics = createMetrics(now, hubVersion());
  const directory = await openDirectory(load, logger, (source, leftOut) =>
    metrics.directory.leftOut(source, leftOut),
  );
  const { refusals, recorder } = createRefusals({ directory, metrics, now });
  return {
    settings,
    logger,
    metrics,
    health: new HealthRegistry(),
    directory,
    wazoRest: createWazoRest(settings, { logger, metrics, now }),
    portsipRest: createPortsipRest(settings, { logger, metrics, now }),
    keys,
    verifier: createTokenVerifier(keys, now),
    secretKeys,
    revokedTokens: await RevokedTokens.open({ dataDir, now }),
    chosen: await ChosenAvailabilities.open({ dataDir, now }),
    endedSessions: new EndedSessions({ keepMs: settings.tokens.ttlSeconds * 1000, now }),
    bus: new InProcessEventBus(logger),
    audit: new AccessAudit({ logger, metrics: metrics.rte, listener: recorder, now }),
    refusals,
    recorder,
    now,
  };
}

function createCallbacks(basis: Basis): CallbackService {
  const { settings, health } = basis;
  const { databaseUrl, retentionDays } = settings.callbacks;
  return createCallbackFlow({
    ...basis,
    store: createCallbackStore(
      databaseUrl === undefined
        ? { kind: 'embedded', folder: settings.dataDir }
        : { kind: 'postgres', url: databaseUrl },
    ),
    retentionDays,
    health: health.component('callbacks'),
  });
}

/** A file that can't be used is a mistake of the set-up; a database may come later than the hub. */
async function openCallbacks(callbacks: CallbackService, { callbacks: { databaseUrl } }: Settings) {
  if (databaseUrl === undefined) await callbacks.open();
  else callbacks.openSoon();
}

/** @param currentState the state of an entity that had no event yet; asked once clients are there */
function createHub(
  basis: Basis,
  currentState: (topic: Topic) => RteEvent | undefined,
): {
  readonly server: SignalRServer<RteUser>;
  readonly connections: ConnectionList;
  readonly stopDelivery: () => void;
} {
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

function createHttp(
  basis: Basis,
  server: SignalRServer<RteUser>,
  parts: Pick<RestParts, 'contactCenter' | 'callbacks' | 'administration' | 'sink'> & {
    readonly logins: readonly ExternalLogins<User>[];
  },
): FastifyInstance {
  const { settings, logger, metrics, health, directory, keys, secretKeys, now } = basis;
  const { endedSessions, revokedTokens, chosen, recorder } = basis;
  const http = createHttpServer(logger, settings.http.trustedProxies);
  observeRequests(http, metrics);
  const options = { external: parts.logins, secretKeys };
  const authenticator = recordingLogins(
    createAuthenticator(() => directory.current, options),
    recorder,
  );
  const onForbidden = (caller: User, address: string) => recorder.notAdministrator(caller, address);
  metrics.watchTables('availabilities', () => ({
    entries: { chosen: chosen.size },
    evictions: chosen.evictions,
  }));
  metrics.watchTables('identity', () => ({
    entries: {
      ...authenticator.sizes(),
      ...revokedTokens.sizes,
      endedSessions: endedSessions.size,
    },
    evictions: revokedTokens.evictions,
  }));
  registerSignalR(http, server, { path: HUB_PATH });
  registerCors(http, settings.http.allowedOrigins);
  registerRevocationRoutes(http, {
    authenticator,
    directory: () => directory.current,
    metrics,
    onForbidden,
    revoke: (userId, tokenId) => revokeTokens(server, revokedTokens, userId, tokenId),
  });
  registerAuthUserRoute(http, { authenticator, metrics });
  registerTokenRoute(http, {
    ...settings.http,
    authenticator,
    tokens: createTokenIssuer(keys, settings.tokens.ttlSeconds, now),
    directory: () => directory.current,
    metrics,
    onForbidden,
  });
  registerRest(http, createRestOptions({ ...basis, ...parts, authenticator }));
  registerKeysRoute(http, keys);
  registerHealthRoutes(http, health);
  metrics.watchHealth(() => ({ ...health.readiness(), components: health.components() }));
  registerMetricsRoute(http, metrics);
  registerWallboard(http, { folder: WALLBOARD_FOLDER, publicUrl: settings.http.publicUrl });
  return http;
}
