import { DEFAULTS } from './defaults.js';
import type { SOURCE_NAMES, SettingValues } from './settings-schema.js';

/** A system that events come from. */
export type SourceName = (typeof SOURCE_NAMES)[number];

/** Everything an operator can decide, checked and complete. Never changes while the hub runs. */
export interface Settings {
  /** NODE_ENV is `production`: plain passwords and weak keys are refused. */
  readonly production: boolean;
  /** Folder of the keys and the embedded store. */
  readonly dataDir: string;
  readonly callbacks: CallbackSettings;
  /** Path of the directory file. */
  readonly directoryFile: string | undefined;
  /** What the directory begins with when there is no file. */
  readonly withoutDirectoryFile: 'demo' | 'empty';
  readonly sources: readonly SourceName[];
  readonly logLevel: NonNullable<SettingValues['RTE_LOG_LEVEL']>;
  readonly http: HttpSettings;
  readonly tokens: TokenSettings;
  readonly hub: HubSettings;
  /** Whose tokens are taken besides; undefined without such an issuer. */
  readonly oidc: OidcSettings | undefined;
  readonly simulator: { readonly speed: number; readonly seed: number };
  /** Present when `sources` has wazo. */
  readonly wazo: WazoSettings | undefined;
  /** Where Wazo's users are known who log in; with WAZO_URL, whatever the sources are. */
  readonly wazoLogin: WazoRestSettings | undefined;
  /** Present when `sources` has portsip. */
  readonly portsip: PortsipSettings | undefined;
}

interface CallbackSettings {
  /** PostgreSQL that keeps the requests, maybe with a password; undefined for the embedded store. */
  readonly databaseUrl: string | undefined;
  /** How long closed requests are kept. */
  readonly retentionDays: number;
}

interface HttpSettings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Base of the URLs handed out, without trailing slash; undefined takes the request's host. */
  readonly publicUrl: string | undefined;
  readonly endpointScheme: 'wss' | 'https';
  readonly legacyWssEndpoint: boolean;
  /** Exact foreign origins; empty means same origin only. */
  readonly allowedOrigins: readonly string[];
  /** IP addresses and networks of proxies that say truly where a request comes from. */
  readonly trustedProxies: readonly string[];
}

interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly userClaim: string | undefined;
  readonly organizationClaim: string | undefined;
  readonly rolesClaim: string | undefined;
  /** By value of that claim. */
  readonly roles: ReadonlyMap<string, 'agent' | 'supervisor' | 'admin'>;
}

interface TokenSettings {
  /** Private JWK as JSON; at most one of this and `signingKeyFile` is given. */
  readonly signingKey: string | undefined;
  readonly signingKeyFile: string | undefined;
  /** The key before a rotation; at most one of the two is given. */
  readonly previousSigningKey: string | undefined;
  readonly previousSigningKeyFile: string | undefined;
  /** What secret keys are made with, base64url; undefined for one that is kept in the data folder. */
  readonly loginSecret: string | undefined;
  readonly ttlSeconds: number;
  readonly closeOnExpiry: boolean;
}

interface HubSettings {
  readonly connectionLimit: number;
  readonly drainSeconds: number;
  readonly queueStatusIntervalMs: number;
  readonly userStatusIntervalMs: number;
  /** Whether clients are told of the events that the RTE does not have; they may subscribe anyway. */
  readonly listExtensions: boolean;
  /** Whether subscribers get the last state at once, unless their connection says otherwise. */
  readonly snapshotOnSubscribe: boolean;
}

interface WazoSettings {
  /** May contain a password. */
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly reorderWindowMs: number;
  /** How often the state is compared with Wazo's, seconds. */
  readonly auditSeconds: number;
  /** Wazo's REST services; undefined when the hub has only the bus. */
  readonly rest: WazoRestSettings | undefined;
}

interface WazoRestSettings {
  /** Base URL without trailing slash; the services are below it as behind Wazo's nginx. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Takes any certificate. */
  readonly tlsInsecure: boolean;
}

interface PortsipSettings {
  readonly wsiUrl: string;
  readonly tlsInsecure: boolean;
  readonly credentials: PortsipCredentials;
  /** Ids of the tenants that an administrator watches; empty for a tenant's login. */
  readonly tenants: readonly string[];
  /** What the mapping of the PBX's messages leaves open. */
  readonly rules: {
    /** Of a queue whose wrap-up time neither PBX nor directory file tell. */
    readonly wrapUpSeconds: number;
    readonly businessTrip: 'Away' | 'OffWork';
  };
  /** The REST API; undefined when the hub has only WSI. */
  readonly rest: PortsipRestSettings | undefined;
}

interface PortsipRestSettings {
  /** Without trailing slash. */
  readonly url: string;
  readonly credentials: Exclude<PortsipCredentials, { readonly kind: 'extension' }>;
}

/** The ways to log in; the password of an extension is its SIP password. */
type PortsipCredentials = { readonly password: string } & (
  | { readonly kind: 'administrator'; readonly username: string }
  | { readonly kind: 'user'; readonly username: string; readonly domain: string }
  | { readonly kind: 'extension'; readonly extensionNumber: string; readonly domain: string }
);

/**
 * Completes checked values with the defaults.
 * @param values the variables that are set
 * @param production whether NODE_ENV is `production`
 */
export function settingsOf(values: SettingValues, production: boolean): Settings {
  const sources = sourcesOf(values);
  return {
    production,
    dataDir: values.RTE_DATA_DIR ?? DEFAULTS.dataDir,
    callbacks: {
      databaseUrl: values.DATABASE_URL,
      retentionDays: values.RTE_CALLBACK_RETENTION_DAYS ?? DEFAULTS.callbackRetentionDays,
    },
    directoryFile: values.RTE_DIRECTORY,
    withoutDirectoryFile: sources.includes('simulator') ? 'demo' : 'empty',
    sources,
    logLevel: values.RTE_LOG_LEVEL ?? DEFAULTS.logLevel,
    http: httpSettings(values),
    tokens: {
      signingKey: values.RTE_SIGNING_KEY,
      signingKeyFile: values.RTE_SIGNING_KEY_FILE,
      previousSigningKey: values.RTE_SIGNING_KEY_PREVIOUS,
      previousSigningKeyFile: values.RTE_SIGNING_KEY_PREVIOUS_FILE,
      loginSecret: values.RTE_LOGIN_SECRET,
      ttlSeconds: values.RTE_TOKEN_TTL ?? DEFAULTS.tokenTtlSeconds,
      closeOnExpiry: values.RTE_CLOSE_ON_TOKEN_EXPIRY ?? false,
    },
    hub: hubSettings(values),
    oidc: oidcSettings(values),
    simulator: {
      speed: values.RTE_SIMULATOR_SPEED ?? DEFAULTS.simulatorSpeed,
      seed: values.RTE_SIMULATOR_SEED ?? DEFAULTS.simulatorSeed,
    },
    wazo: sources.includes('wazo') ? wazoSettings(values) : undefined,
    wazoLogin: wazoRestSettings(values),
    portsip: sources.includes('portsip') ? portsipSettings(values) : undefined,
  };
}

/** The sources in force: those named, else those whose address is known, else the simulator. */
export function sourcesOf(
  values: Pick<SettingValues, 'RTE_SOURCES' | 'WAZO_AMQP_URL' | 'PORTSIP_WSI_URL'>,
): readonly SourceName[] {
  if (values.RTE_SOURCES !== undefined) return values.RTE_SOURCES;
  const configured: SourceName[] = [];
  if (values.WAZO_AMQP_URL !== undefined) configured.push('wazo');
  if (values.PORTSIP_WSI_URL !== undefined) configured.push('portsip');
  return configured.length === 0 ? ['simulator'] : configured;
}

function httpSettings(values: SettingValues): HttpSettings {
  return {
    host: values.RTE_HOST ?? DEFAULTS.host,
    port: values.RTE_PORT ?? DEFAULTS.port,
    publicUrl: values.RTE_PUBLIC_URL?.replace(/\/+$/u, ''),
    endpointScheme: values.RTE_ENDPOINT_SCHEME ?? DEFAULTS.endpointScheme,
    legacyWssEndpoint: values.RTE_LEGACY_WSSENDPOINT ?? false,
    allowedOrigins: values.RTE_ALLOWED_ORIGINS ?? [],
    trustedProxies: values.RTE_TRUST_PROXY ?? [],
  };
}

/** The cross-field rules see to it that issuer and audience are given together. */
function oidcSettings(values: SettingValues): OidcSettings | undefined {
  const { RTE_OIDC_ISSUER: issuer, RTE_OIDC_AUDIENCE: audience } = values;
  if (issuer === undefined || audience === undefined) return undefined;
  return {
    issuer,
    audience,
    algorithms: values.RTE_OIDC_ALGORITHMS ?? DEFAULTS.oidcAlgorithms,
    userClaim: values.RTE_OIDC_USER_CLAIM,
    organizationClaim: values.RTE_OIDC_ORGANIZATION_CLAIM,
    rolesClaim: values.RTE_OIDC_ROLES_CLAIM,
    roles: new Map(values.RTE_OIDC_ROLES?.map(({ value, role }) => [value, role])),
  };
}

function hubSettings(values: SettingValues): HubSettings {
  return {
    connectionLimit: values.RTE_CONNECTION_LIMIT ?? DEFAULTS.connectionLimit,
    drainSeconds: values.RTE_DRAIN_SECONDS ?? DEFAULTS.drainSeconds,
    queueStatusIntervalMs: values.RTE_QUEUE_STATUS_INTERVAL_MS ?? DEFAULTS.queueStatusIntervalMs,
    userStatusIntervalMs: values.RTE_USER_STATUS_INTERVAL_MS ?? DEFAULTS.userStatusIntervalMs,
    listExtensions: values.RTE_EXTENSION_EVENTS ?? false,
    snapshotOnSubscribe: values.RTE_SNAPSHOT_ON_SUBSCRIBE ?? false,
  };
}

function wazoSettings(values: SettingValues): WazoSettings | undefined {
  if (values.WAZO_AMQP_URL === undefined) return undefined;
  return {
    amqpUrl: values.WAZO_AMQP_URL,
    exchange: values.WAZO_EXCHANGE ?? DEFAULTS.wazoExchange,
    exchangeType: values.WAZO_EXCHANGE_TYPE ?? DEFAULTS.wazoExchangeType,
    queue: values.WAZO_QUEUE ?? DEFAULTS.wazoQueue,
    reorderWindowMs: values.WAZO_REORDER_WINDOW_MS ?? DEFAULTS.wazoReorderWindowMs,
    auditSeconds: values.WAZO_AUDIT_SECONDS ?? DEFAULTS.wazoAuditSeconds,
    rest: wazoRestSettings(values),
  };
}

/** The cross-field rules see to it that the three are given together. */
function wazoRestSettings(values: SettingValues): WazoRestSettings | undefined {
  const { WAZO_URL: url, WAZO_USERNAME: username, WAZO_PASSWORD: password } = values;
  if (url === undefined || username === undefined || password === undefined) return undefined;
  return {
    url: url.replace(/\/+$/u, ''),
    username,
    password,
    tlsInsecure: values.WAZO_TLS_INSECURE ?? false,
  };
}

/** The cross-field rules see to it that what belongs together is given. */
function portsipSettings(values: SettingValues): PortsipSettings | undefined {
  const credentials = portsipCredentials(values);
  if (values.PORTSIP_WSI_URL === undefined || credentials === undefined) return undefined;
  return {
    wsiUrl: values.PORTSIP_WSI_URL,
    tlsInsecure: values.PORTSIP_TLS_INSECURE ?? false,
    credentials,
    tenants: values.PORTSIP_TENANTS ?? [],
    rules: {
      wrapUpSeconds: values.PORTSIP_WRAP_UP_SECONDS ?? DEFAULTS.portsipWrapUpSeconds,
      businessTrip: values.PORTSIP_BUSINESS_TRIP ?? DEFAULTS.portsipBusinessTrip,
    },
    rest: portsipRestSettings(values.PORTSIP_API_URL, credentials),
  };
}

/** The cross-field rules see to it that it is no extension that logs in. */
function portsipRestSettings(
  url: string | undefined,
  credentials: PortsipCredentials,
): PortsipRestSettings | undefined {
  if (url === undefined || credentials.kind === 'extension') return undefined;
  return { url: url.replace(/\/+$/u, ''), credentials };
}

function portsipCredentials(values: SettingValues): PortsipCredentials | undefined {
  const {
    PORTSIP_USERNAME: username,
    PORTSIP_EXTENSION: extensionNumber,
    PORTSIP_PASSWORD: password,
    PORTSIP_DOMAIN: domain,
  } = values;
  if (password === undefined) return undefined;
  if (username !== undefined) {
    if (domain === undefined) return { kind: 'administrator', username, password };
    return { kind: 'user', username, password, domain };
  }
  if (extensionNumber === undefined || domain === undefined) return undefined;
  return { kind: 'extension', extensionNumber, password, domain };
}
