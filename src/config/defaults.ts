/** What a setting is when nobody sets it, with the reason where the value is a choice. */
export const DEFAULTS = {
  /** Only this machine, until the operator opens it. */
  host: '127.0.0.1',
  port: 8080,
  /** RTE clients are told a wss:// address by the vendor's service. */
  endpointScheme: 'wss',
  dataDir: './data',
  /** A quarter: long enough for reports, and numbers of callers are not kept for ever. */
  callbackRetentionDays: 90,
  /** Long enough for a slow client to connect, short enough that a leaked token is soon worthless. */
  tokenTtlSeconds: 600,
  /** A wallboard redraws once a second. */
  queueStatusIntervalMs: 1000,
  /** One burst of telephony events about a user fits in; a person does not notice the delay. */
  userStatusIntervalMs: 200,
  /** What nearly all issuers sign with. */
  oidcAlgorithms: ['RS256', 'ES256'],
  oidcScopes: ['openid', 'profile', 'offline_access'],
  oidcLabel: 'Log in with single sign-on',
  logLevel: 'info',
  simulatorSpeed: 1,
  simulatorSeed: 1,
  /** Bounds the memory of one process, as each connection may fill its own queues; raise both together. */
  connectionLimit: 10_000,
  /** Below the 30 s that orchestrators wait before they kill. */
  drainSeconds: 10,
  wazoExchange: 'wazo-headers',
  wazoExchangeType: 'headers',
  wazoQueue: 'rte-hub',
  wazoAuditSeconds: 300,
  /** The events of one telephony action arrive within this time, in any order. */
  wazoReorderWindowMs: 50,
  /** As long as the queues of a PBX have it unless somebody changes it. */
  portsipWrapUpSeconds: 30,
  portsipBusinessTrip: 'Away',
} as const;
