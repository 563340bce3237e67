import type { Settings } from '../config/index.js';
import { createRefusals } from '../console/create-refusals.js';
import type { RefusalLog } from '../console/refusal-log.js';
import type { RefusalRecorder } from '../console/refusal-recorder.js';
import { directoryLoader, openDirectory, type ReloadableDirectory } from '../directory/index.js';
import {
  createTokenVerifier,
  EndedSessions,
  hashPassword,
  isPasswordHash,
  loadLoginSecret,
  loadSigningKeys,
  ReloadableKeys,
  RevokedTokens,
  SecretKeys,
  type TokenVerifier,
} from '../identity/index.js';
import {
  createLogger,
  createMetrics,
  HealthRegistry,
  type Logger,
  type Metrics,
} from '../observability/index.js';
import { AccessAudit } from '../rte/access-audit.js';
import { InProcessEventBus, type RteEventBus } from '../rte/event-bus.js';
import type { PortsipRest } from '../sources/portsip/rest/portsip-rest.js';
import type { WazoRest } from '../sources/wazo/rest/wazo-rest.js';
import { hubVersion } from '../version.js';
import { ChosenAvailabilities } from './chosen-availabilities.js';
import { createPortsipRest } from './portsip-services.js';
import { createWazoRest } from './wazo-services.js';

/** What all parts of the hub share; nothing in it runs yet. */
export interface Basis {
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
  /** Epoch ms. */
  readonly now: () => number;
}

/**
 * Reads keys, directory and what was kept in the data folder.
 * @param now clock, epoch ms
 * @throws DirectoryError or SigningKeyError with what the operator has to correct
 */
export async function createBasis(settings: Settings, now: () => number): Promise<Basis> {
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
