import { z } from 'zod';
import { DEFAULTS } from './defaults.js';
import {
  commaList,
  flag,
  network,
  oneOf,
  origin,
  positiveNumber,
  roleMapping,
  text,
  url,
  wholeNumber,
} from './fields.js';
import { settingDocs, type SettingDoc } from './setting-docs.js';

/** The systems events can come from. */
export const SOURCE_NAMES = ['wazo', 'portsip', 'simulator'] as const;

/** pino's levels, from the most to the least that is logged. */
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Asymmetric ones only: with a shared secret the hub could make tokens itself (RFC 8725, section 3.1). */
const OIDC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const DAY_SECONDS = 86_400;

function setting<Schema extends z.ZodType>(schema: Schema, doc: SettingDoc) {
  const optional = schema.optional();
  settingDocs.add(optional, doc);
  return optional;
}

/** All settings of this version, by the name of their environment variable. */
export const settingsSchema = z.object({
  RTE_HOST: setting(text('give a host name or an IP address to listen on'), {
    group: 'Listening',
    meaning: 'address to listen on',
    defaultText: DEFAULTS.host,
  }),
  RTE_PORT: setting(wholeNumber(0, 65_535, '0 takes a free port'), {
    group: 'Listening',
    meaning: 'port to listen on; 0 takes a free one, printed at start',
    defaultText: String(DEFAULTS.port),
  }),
  RTE_PUBLIC_URL: setting(
    url(['http', 'https'], 'https://rte.example').refine(
      hasNothingAfterPath,
      'give it without user, ? and #',
    ),
    {
      group: 'Listening',
      meaning: 'base of the URLs handed out',
      defaultText: 'from the request',
    },
  ),
  RTE_TRUST_PROXY: setting(commaList(network(), 'name at least one address'), {
    group: 'Listening',
    meaning:
      'addresses or networks of reverse proxies whose X-Forwarded-For, -Proto and -Host are believed, comma list',
    defaultText: '-',
  }),
  RTE_ENDPOINT_SCHEME: setting(oneOf(['wss', 'https']), {
    group: 'Listening',
    meaning: 'scheme of WssEndpoint: wss (ws without TLS) or https (http without TLS)',
    defaultText: DEFAULTS.endpointScheme,
  }),
  RTE_LEGACY_WSSENDPOINT: setting(flag(), {
    group: 'Listening',
    meaning: 'also answer WSSEndpoint, for clients of 2021 and 2022',
    defaultText: 'false',
  }),
  RTE_ALLOWED_ORIGINS: setting(commaList(origin(), 'name at least one origin'), {
    group: 'Listening',
    meaning: 'exact origins of other web pages that may connect and use REST, comma list',
    defaultText: 'same origin',
  }),
  RTE_DATA_DIR: setting(text('give the path of a folder the hub may write to'), {
    group: 'Storage and directory',
    meaning: 'folder of the keys and the embedded store',
    defaultText: DEFAULTS.dataDir,
  }),
  DATABASE_URL: setting(
    url(['postgres', 'postgresql'], 'postgres://rte:secret@127.0.0.1:5432/rte').refine(
      namesDatabase,
      'name the database, as in postgres://127.0.0.1:5432/rte',
    ),
    {
      group: 'Storage and directory',
      meaning: 'PostgreSQL that keeps the callback requests, such as postgres://rte@127.0.0.1/rte',
      defaultText: 'embedded store in RTE_DATA_DIR',
      secrecy: 'url-password',
    },
  ),
  RTE_CALLBACK_RETENTION_DAYS: setting(wholeNumber(1, 3650, 'days'), {
    group: 'Storage and directory',
    meaning: 'days after which closed callback requests are deleted, with the numbers in them',
    defaultText: String(DEFAULTS.callbackRetentionDays),
  }),
  RTE_DIRECTORY: setting(text('give the path of the directory file'), {
    group: 'Storage and directory',
    meaning:
      'directory file: organizations, users, queues, call lists; wins over what Wazo or PortSIP has',
    defaultText: 'what WAZO_URL and PORTSIP_API_URL have; a demo directory with the simulator',
  }),
  RTE_SOURCES: setting(commaList(oneOf(SOURCE_NAMES), 'name at least one source'), {
    group: 'Storage and directory',
    meaning: `where events come from, comma list of ${SOURCE_NAMES.join(', ')}`,
    defaultText: 'wazo when WAZO_AMQP_URL is set, portsip when PORTSIP_WSI_URL is, else simulator',
  }),
  RTE_SIGNING_KEY: setting(text('give a private JWK as JSON; `rte-hub gen-key` makes one'), {
    group: 'Tokens',
    meaning: 'JWK that signs the tokens (OKP Ed25519, or oct of 32 bytes or more)',
    defaultText: 'made at first start',
    secrecy: 'secret',
  }),
  RTE_SIGNING_KEY_FILE: setting(text('give the path of a file with a private JWK'), {
    group: 'Tokens',
    meaning: 'file with that JWK, instead of RTE_SIGNING_KEY',
    defaultText: '-',
  }),
  RTE_SIGNING_KEY_PREVIOUS: setting(text('give a private JWK as JSON, the one that was replaced'), {
    group: 'Tokens',
    meaning: 'JWK that signed before a rotation: its tokens are accepted until they expire',
    defaultText: 'signing-key.previous.json in RTE_DATA_DIR, if there',
    secrecy: 'secret',
  }),
  RTE_SIGNING_KEY_PREVIOUS_FILE: setting(text('give the path of a file with a private JWK'), {
    group: 'Tokens',
    meaning: 'file with that JWK, instead of RTE_SIGNING_KEY_PREVIOUS',
    defaultText: '-',
  }),
  RTE_LOGIN_SECRET: setting(
    z.string().regex(/^[A-Za-z0-9_-]{43,}$/u, 'give 32 random bytes or more in base64url'),
    {
      group: 'Tokens',
      meaning:
        'secret that the SecretKeys of /authuser are made with, base64url; the same on all nodes, another one ends them all',
      defaultText: 'made at first start in RTE_DATA_DIR',
      secrecy: 'secret',
    },
  ),
  RTE_TOKEN_TTL: setting(wholeNumber(1, DAY_SECONDS, 'seconds'), {
    group: 'Tokens',
    meaning: 'seconds a token may be used to connect',
    defaultText: String(DEFAULTS.tokenTtlSeconds),
  }),
  RTE_CLOSE_ON_TOKEN_EXPIRY: setting(flag(), {
    group: 'Tokens',
    meaning: 'close a connection when its token expires (with allowReconnect)',
    defaultText: 'false',
  }),
  RTE_OIDC_ISSUER: setting(
    url(['https', 'http'], 'https://login.example/realms/acme').refine(
      hasNothingAfterPath,
      'give it without user, ? and #',
    ),
    {
      group: 'OpenID Connect',
      meaning: 'issuer whose tokens are taken as Bearer, exactly as it names itself',
      defaultText: '-',
    },
  ),
  RTE_OIDC_AUDIENCE: setting(text('give the audience that tokens for the hub have'), {
    group: 'OpenID Connect',
    meaning: 'audience (`aud`) that tokens must have; goes with RTE_OIDC_ISSUER',
    defaultText: '-',
  }),
  RTE_OIDC_ALGORITHMS: setting(commaList(oneOf(OIDC_ALGORITHMS), 'name at least one'), {
    group: 'OpenID Connect',
    meaning: `algorithms that tokens may be signed with, comma list of ${OIDC_ALGORITHMS.join(', ')}`,
    defaultText: DEFAULTS.oidcAlgorithms.join(','),
  }),
  RTE_OIDC_USER_CLAIM: setting(text('give the name of a claim'), {
    group: 'OpenID Connect',
    meaning: 'claim that has the id or the user name of the directory',
    defaultText: 'sub for the id, then preferred_username for the user name',
  }),
  RTE_OIDC_ORGANIZATION_CLAIM: setting(text('give the name of a claim'), {
    group: 'OpenID Connect',
    meaning: "claim that must have the id of the user's organization",
    defaultText: '-',
  }),
  RTE_OIDC_ROLES_CLAIM: setting(text('give the name of a claim, such as realm_access.roles'), {
    group: 'OpenID Connect',
    meaning: 'claim, or names of claims between dots, that has roles; goes with RTE_OIDC_ROLES',
    defaultText: "the directory's roles",
  }),
  RTE_OIDC_ROLES: setting(commaList(roleMapping(), 'map at least one value'), {
    group: 'OpenID Connect',
    meaning:
      'which values of that claim are which role, as rte-leads=supervisor,rte-admins=admin; the highest counts',
    defaultText: '-',
  }),
  RTE_QUEUE_STATUS_INTERVAL_MS: setting(wholeNumber(0, 60_000, 'milliseconds'), {
    group: 'Events',
    meaning: 'QueueStatus is coalesced to one per queue in this time, sent only when changed',
    defaultText: String(DEFAULTS.queueStatusIntervalMs),
  }),
  RTE_USER_STATUS_INTERVAL_MS: setting(wholeNumber(0, 60_000, 'milliseconds'), {
    group: 'Events',
    meaning: 'UserStatus is coalesced to one per user in this time, sent only when changed',
    defaultText: String(DEFAULTS.userStatusIntervalMs),
  }),
  RTE_EXTENSION_EVENTS: setting(flag(), {
    group: 'Events',
    meaning:
      'AvailableSubscriptions also names the events that the RTE does not have: SourceStatus',
    defaultText: 'false',
  }),
  RTE_SNAPSHOT_ON_SUBSCRIBE: setting(flag(), {
    group: 'Events',
    meaning:
      'send the last states right after Subscribe; a connection may choose with `?snapshot=1` or `0`',
    defaultText: 'false',
  }),
  RTE_SIMULATOR_SPEED: setting(positiveNumber(1000), {
    group: 'Events',
    meaning: 'how many times faster than real time the simulator runs',
    defaultText: String(DEFAULTS.simulatorSpeed),
  }),
  RTE_SIMULATOR_SEED: setting(wholeNumber(0, 4_294_967_295), {
    group: 'Events',
    meaning: 'the same seed makes the same simulated day',
    defaultText: String(DEFAULTS.simulatorSeed),
  }),
  RTE_LOG_LEVEL: setting(oneOf(LOG_LEVELS), {
    group: 'Operation',
    meaning: `least severity that is logged: ${LOG_LEVELS.join(', ')}`,
    defaultText: DEFAULTS.logLevel,
  }),
  RTE_CONNECTION_LIMIT: setting(wholeNumber(1, 1_000_000), {
    group: 'Operation',
    meaning: 'most connections at a time; further ones are refused',
    defaultText: String(DEFAULTS.connectionLimit),
  }),
  RTE_DRAIN_SECONDS: setting(wholeNumber(0, 300, 'seconds'), {
    group: 'Operation',
    meaning: 'longest time a stop takes to part with its clients',
    defaultText: String(DEFAULTS.drainSeconds),
  }),
  WAZO_AMQP_URL: setting(url(['amqp', 'amqps'], 'amqp://guest:guest@127.0.0.1:5672/'), {
    group: 'Wazo',
    meaning: "Wazo's RabbitMQ, such as amqp://guest:guest@127.0.0.1:5672/",
    defaultText: '-',
    secrecy: 'url-password',
  }),
  WAZO_EXCHANGE: setting(text('give the name of an exchange'), {
    group: 'Wazo',
    meaning: 'exchange the events are published to; xivo before Wazo 22',
    defaultText: DEFAULTS.wazoExchange,
  }),
  WAZO_EXCHANGE_TYPE: setting(oneOf(['headers', 'topic']), {
    group: 'Wazo',
    meaning: 'type of that exchange; topic before Wazo 22',
    defaultText: DEFAULTS.wazoExchangeType,
  }),
  WAZO_QUEUE: setting(text('give the name of a queue'), {
    group: 'Wazo',
    meaning: 'name of the durable queue the hub reads',
    defaultText: DEFAULTS.wazoQueue,
  }),
  WAZO_REORDER_WINDOW_MS: setting(wholeNumber(0, 5000, 'milliseconds'), {
    group: 'Wazo',
    meaning: 'how long events that belong together are waited for',
    defaultText: String(DEFAULTS.wazoReorderWindowMs),
  }),
  WAZO_AUDIT_SECONDS: setting(wholeNumber(1, 600, 'seconds'), {
    group: 'Wazo',
    meaning: 'how often queues are compared with what Asterisk has, when WAZO_URL is set',
    defaultText: String(DEFAULTS.wazoAuditSeconds),
  }),
  WAZO_URL: setting(
    url(['https', 'http'], 'https://wazo.example').refine(
      hasNothingAfterPath,
      'give it without user, ? and #',
    ),
    {
      group: 'Wazo',
      meaning:
        "base of Wazo's REST services, as https://wazo.example, for directory and logins; goes with the next two",
      defaultText: '-',
    },
  ),
  WAZO_USERNAME: setting(text('give the user name of the hub in wazo-auth'), {
    group: 'Wazo',
    meaning: "the hub's own user in wazo-auth, of the master tenant",
    defaultText: '-',
  }),
  WAZO_PASSWORD: setting(text('give the password of that user'), {
    group: 'Wazo',
    meaning: 'password of that user',
    defaultText: '-',
    secrecy: 'secret',
  }),
  WAZO_TLS_INSECURE: setting(flag(), {
    group: 'Wazo',
    meaning: 'take any certificate of WAZO_URL; better name its authority in NODE_EXTRA_CA_CERTS',
    defaultText: 'false',
  }),
  PORTSIP_WSI_URL: setting(
    url(['wss'], 'wss://pbx.example:8887/wsi').refine(
      hasNothingAfterPath,
      'give it without user, ? and #',
    ),
    {
      group: 'PortSIP',
      meaning:
        "the PBX's WSI: wss://pbx.example:8887/wsi, wss://pbx.example:8885 before version 22",
      defaultText: '-',
      secrecy: 'url-password',
    },
  ),
  PORTSIP_API_URL: setting(
    url(['https'], 'https://pbx.example:8887/api').refine(
      hasNothingAfterPath,
      'give it without user, ? and #',
    ),
    {
      group: 'PortSIP',
      meaning:
        "the PBX's REST API, as https://pbx.example:8887/api: the directory is read there; takes PORTSIP_USERNAME",
      defaultText: '-',
    },
  ),
  PORTSIP_USERNAME: setting(text('give the name of a user of the PBX'), {
    group: 'PortSIP',
    meaning:
      "user the hub logs in as: a tenant's with PORTSIP_DOMAIN, else an administrator of the PBX",
    defaultText: '-',
  }),
  PORTSIP_EXTENSION: setting(text('give the number of an extension'), {
    group: 'PortSIP',
    meaning: 'extension the hub logs in as, instead of PORTSIP_USERNAME; goes with PORTSIP_DOMAIN',
    defaultText: '-',
  }),
  PORTSIP_PASSWORD: setting(text('give the password of that user or extension'), {
    group: 'PortSIP',
    meaning: 'password of that user; of an extension it is the SIP password',
    defaultText: '-',
    secrecy: 'secret',
  }),
  PORTSIP_DOMAIN: setting(text('give the SIP domain of the tenant'), {
    group: 'PortSIP',
    meaning: "SIP domain of the login's tenant",
    defaultText: '-',
  }),
  PORTSIP_TENANTS: setting(
    commaList(
      z.string().regex(/^\d{1,30}$/u, 'give ids of tenants, which are numbers'),
      'name a tenant',
    ),
    {
      group: 'PortSIP',
      meaning: 'ids of the tenants an administrator of the PBX watches, comma list',
      defaultText: '-',
    },
  ),
  PORTSIP_WRAP_UP_SECONDS: setting(wholeNumber(0, 3600, 'seconds'), {
    group: 'PortSIP',
    meaning: 'wrap-up of a queue that neither PBX nor directory file tell it of',
    defaultText: String(DEFAULTS.portsipWrapUpSeconds),
  }),
  PORTSIP_BUSINESS_TRIP: setting(oneOf(['Away', 'OffWork']), {
    group: 'PortSIP',
    meaning: 'availability of who is on a business trip; OffWork gets no service calls',
    defaultText: DEFAULTS.portsipBusinessTrip,
  }),
  PORTSIP_TLS_INSECURE: setting(flag(), {
    group: 'PortSIP',
    meaning: 'take any certificate of the PBX; better name its authority in NODE_EXTRA_CA_CERTS',
    defaultText: 'false',
  }),
});

/** The typed values of the variables that are set. */
export type SettingValues = z.infer<typeof settingsSchema>;

/** Name of a setting of this version. */
export type SettingName = keyof SettingValues;

function hasNothingAfterPath(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { search, hash, username, password } = new URL(value);
  return `${search}${hash}${username}${password}` === '';
}

/** Without a name the database would be called like the user, which hardly anybody means. */
function namesDatabase(value: string): boolean {
  return !URL.canParse(value) || new URL(value).pathname.length > 1;
}
