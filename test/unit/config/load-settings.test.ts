import { describe, expect, it } from 'vitest';
import { loadSettings, type Environment, type Settings } from '../../../src/config/index.js';

function settingsOf(environment: Environment) {
  const loaded = loadSettings(environment);
  if (!loaded.ok) throw new Error(loaded.faults.map(({ message }) => message).join('\n'));
  return loaded.settings;
}

function faultsOf(environment: Environment) {
  const loaded = loadSettings(environment);
  return loaded.ok ? [] : loaded.faults;
}

describe('defaults', () => {
  it('an empty environment gives the simulator with the demo directory on the loopback address', () => {
    expect(settingsOf({})).toEqual({
      production: false,
      dataDir: './data',
      callbacks: { databaseUrl: undefined, retentionDays: 90 },
      directoryFile: undefined,
      withoutDirectoryFile: 'demo',
      sources: ['simulator'],
      logLevel: 'info',
      http: {
        host: '127.0.0.1',
        port: 8080,
        publicUrl: undefined,
        endpointScheme: 'wss',
        legacyWssEndpoint: false,
        allowedOrigins: [],
        trustedProxies: [],
      },
      tokens: {
        signingKey: undefined,
        signingKeyFile: undefined,
        ttlSeconds: 600,
        closeOnExpiry: false,
      },
      hub: {
        connectionLimit: 10_000,
        drainSeconds: 10,
        queueStatusIntervalMs: 1000,
        userStatusIntervalMs: 200,
        listExtensions: false,
        snapshotOnSubscribe: false,
      },
      simulator: { speed: 1, seed: 1 },
      wazo: undefined,
    });
  });

  it('an empty variable counts as not set', () => {
    expect(settingsOf({ RTE_PORT: '' }).http.port).toBe(8080);
  });

  it('wazo is the source when its broker is known and no source is named', () => {
    const settings = settingsOf({ WAZO_AMQP_URL: 'amqp://u:p@broker/', RTE_DIRECTORY: 'd.json' });
    expect(settings.sources).toEqual(['wazo']);
    expect(settings.wazo).toEqual({
      amqpUrl: 'amqp://u:p@broker/',
      exchange: 'wazo-headers',
      exchangeType: 'headers',
      queue: 'rte-hub',
      reorderWindowMs: 50,
      auditSeconds: 300,
      rest: undefined,
    });
  });

  it("Wazo's REST services are known by their URL and credentials", () => {
    const settings = settingsOf({
      WAZO_AMQP_URL: 'amqp://broker/',
      RTE_DIRECTORY: 'd.json',
      WAZO_URL: 'https://wazo.example/',
      WAZO_USERNAME: 'hub',
      WAZO_PASSWORD: 'secret',
      WAZO_TLS_INSECURE: 'true',
    });
    expect(settings.wazo?.rest).toEqual({
      url: 'https://wazo.example',
      username: 'hub',
      password: 'secret',
      tlsInsecure: true,
    });
  });
});

describe('values', () => {
  it.each<[string, string, (s: Settings) => unknown, unknown]>([
    ['RTE_PORT', '0', (s) => s.http.port, 0],
    [
      'RTE_PUBLIC_URL',
      'https://rte.example/base/',
      (s) => s.http.publicUrl,
      'https://rte.example/base',
    ],
    ['RTE_ENDPOINT_SCHEME', 'https', (s) => s.http.endpointScheme, 'https'],
    ['RTE_LEGACY_WSSENDPOINT', 'true', (s) => s.http.legacyWssEndpoint, true],
    ['RTE_CLOSE_ON_TOKEN_EXPIRY', 'true', (s) => s.tokens.closeOnExpiry, true],
    ['RTE_SIMULATOR_SPEED', '2.5', (s) => s.simulator.speed, 2.5],
    ['DATABASE_URL', 'postgres://db/rte', (s) => s.callbacks.databaseUrl, 'postgres://db/rte'],
    ['RTE_CALLBACK_RETENTION_DAYS', '7', (s) => s.callbacks.retentionDays, 7],
    ['RTE_SIMULATOR_SEED', '77', (s) => s.simulator.seed, 77],
    ['NODE_ENV', 'production', (s) => s.production, true],
    [
      'RTE_ALLOWED_ORIGINS',
      'https://a.example, http://b.example:8080',
      (s) => s.http.allowedOrigins,
      ['https://a.example', 'http://b.example:8080'],
    ],
    [
      'RTE_TRUST_PROXY',
      '127.0.0.1, 10.0.0.0/8, ::1, fd00::/8',
      (s) => s.http.trustedProxies,
      ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'],
    ],
  ])('%s=%s is understood', (name, value, read, expected) => {
    expect(read(settingsOf({ [name]: value }))).toEqual(expected);
  });
});

describe('faults', () => {
  it.each([
    ['RTE_PORT', 'eighty', 'from 0 to 65535'],
    ['RTE_PORT', '65536', 'from 0 to 65535'],
    ['RTE_PORT', '80.5', 'from 0 to 65535'],
    ['RTE_HOST', ' ', 'host name'],
    ['DATABASE_URL', 'mysql://db/rte', 'postgres or postgresql'],
    ['DATABASE_URL', 'postgres://db', 'name the database'],
    ['RTE_CALLBACK_RETENTION_DAYS', '0', 'from 1 to 3650'],
    ['RTE_PUBLIC_URL', 'rte.example', 'https://rte.example'],
    ['RTE_PUBLIC_URL', 'ftp://rte.example', 'http or https'],
    ['RTE_PUBLIC_URL', 'https://rte.example/?a=1', 'without user, ? and #'],
    ['RTE_ENDPOINT_SCHEME', 'ws', 'wss, https'],
    ['RTE_LEGACY_WSSENDPOINT', 'yes', 'true or false'],
    ['RTE_SOURCES', 'asterisk', 'wazo, portsip, simulator'],
    ['RTE_SOURCES', 'simulator,simulator', 'once'],
    ['RTE_TOKEN_TTL', '0', 'from 1 to 86400'],
    ['RTE_ALLOWED_ORIGINS', '*', 'exact origins'],
    ['RTE_ALLOWED_ORIGINS', 'https://a.example/', 'exact origins'],
    ['RTE_TRUST_PROXY', 'true', 'IP addresses or networks'],
    ['RTE_TRUST_PROXY', 'proxy.example', 'IP addresses or networks'],
    ['RTE_TRUST_PROXY', '10.0.0.0/33', 'IP addresses or networks'],
    ['RTE_TRUST_PROXY', '::/0', 'IP addresses or networks'],
    ['RTE_TRUST_PROXY', '10.0.0.0/8/8', 'IP addresses or networks'],
    ['RTE_TRUST_PROXY', '::1,::1', 'once'],
    ['RTE_QUEUE_STATUS_INTERVAL_MS', '-1', 'from 0'],
    ['RTE_USER_STATUS_INTERVAL_MS', 'x', 'from 0'],
    ['RTE_LOG_LEVEL', 'loud', 'trace, debug, info'],
    ['RTE_SIMULATOR_SPEED', '0', 'greater than 0'],
    ['RTE_SIMULATOR_SPEED', 'Infinity', 'greater than 0'],
    ['RTE_SIMULATOR_SEED', '1.5', 'whole number'],
    ['RTE_CONNECTION_LIMIT', '0', 'from 1'],
    ['RTE_DRAIN_SECONDS', '301', 'to 300'],
    ['WAZO_EXCHANGE_TYPE', 'fanout', 'headers, topic'],
    ['WAZO_REORDER_WINDOW_MS', '6000', 'to 5000'],
  ])('%s=%s is refused with the value and the remedy', (name, value, remedy) => {
    const faults = faultsOf({ [name]: value });
    expect(faults.map((fault) => fault.name)).toEqual([name]);
    expect(faults[0]?.message).toContain(`${name}=${value}`);
    expect(faults[0]?.message).toContain(remedy);
  });

  it('all faults are reported at once, those between variables too', () => {
    const names = faultsOf({
      RTE_PORT: 'x',
      RTE_TOKEN_TTL: '-5',
      RTE_SOURCES: 'wazo',
      RTE_SIGNING_KEY: '{}',
      RTE_SIGNING_KEY_FILE: 'key.json',
    }).map((fault) => fault.name);
    expect(names.sort()).toEqual([
      'RTE_DIRECTORY',
      'RTE_PORT',
      'RTE_SIGNING_KEY_FILE',
      'RTE_TOKEN_TTL',
      'WAZO_AMQP_URL',
    ]);
  });

  it("each of the three settings of Wazo's REST services that is missing is named", () => {
    expect(faultsOf({ WAZO_USERNAME: 'hub' }).map(({ name }) => name)).toEqual([
      'WAZO_URL',
      'WAZO_PASSWORD',
    ]);
    const faults = faultsOf({ WAZO_URL: 'https://wazo.example', WAZO_USERNAME: 'hub' });
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^WAZO_PASSWORD is not set.*beside WAZO_URL and WAZO_USERNAME/u),
    ]);
  });

  it('wazo without a directory names RTE_DIRECTORY as the remedy', () => {
    const faults = faultsOf({ WAZO_AMQP_URL: 'amqp://broker/' });
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('RTE_DIRECTORY'),
    ]);
  });

  const PORTSIP = {
    PORTSIP_WSI_URL: 'wss://pbx.example:8887/wsi',
    PORTSIP_PASSWORD: 'hush',
    RTE_DIRECTORY: 'd',
  };

  it.each([
    ['nothing but the address', { PORTSIP_PASSWORD: '' }, ['PORTSIP_USERNAME', 'PORTSIP_PASSWORD']],
    [
      'a login without address',
      { PORTSIP_WSI_URL: '', PORTSIP_USERNAME: 'ann', PORTSIP_DOMAIN: 'acme.example' },
      ['PORTSIP_WSI_URL'],
    ],
    ['an administrator without tenants', { PORTSIP_USERNAME: 'admin' }, ['PORTSIP_TENANTS']],
    [
      'a user of a tenant with tenants',
      { PORTSIP_USERNAME: 'ann', PORTSIP_DOMAIN: 'acme.example', PORTSIP_TENANTS: '1,2' },
      ['PORTSIP_TENANTS'],
    ],
    ['an extension without domain', { PORTSIP_EXTENSION: '101' }, ['PORTSIP_DOMAIN']],
    [
      'a user and an extension',
      { PORTSIP_USERNAME: 'ann', PORTSIP_EXTENSION: '101', PORTSIP_DOMAIN: 'acme.example' },
      ['PORTSIP_EXTENSION'],
    ],
    [
      'no directory',
      { PORTSIP_USERNAME: 'a', PORTSIP_DOMAIN: 'b', RTE_DIRECTORY: '' },
      ['RTE_DIRECTORY'],
    ],
    [
      'an extension that the REST API does not take',
      {
        PORTSIP_EXTENSION: '101',
        PORTSIP_DOMAIN: 'b',
        PORTSIP_API_URL: 'https://pbx.example:8887/api',
      },
      ['PORTSIP_API_URL'],
    ],
    [
      'the REST API alone',
      {
        PORTSIP_WSI_URL: '',
        PORTSIP_USERNAME: 'a',
        PORTSIP_DOMAIN: 'b',
        PORTSIP_API_URL: 'https://pbx.example:8887/api',
      },
      ['PORTSIP_WSI_URL'],
    ],
    [
      'an address without TLS',
      { PORTSIP_WSI_URL: 'ws://pbx', PORTSIP_USERNAME: 'a', PORTSIP_DOMAIN: 'b' },
      ['PORTSIP_WSI_URL'],
    ],
    [
      'tenants that are no ids',
      { PORTSIP_USERNAME: 'a', PORTSIP_TENANTS: 'acme' },
      ['PORTSIP_TENANTS'],
    ],
  ])('PortSIP with %s names what is wrong', (_case, more, names) => {
    expect(faultsOf({ ...PORTSIP, ...more }).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [
      { PORTSIP_USERNAME: 'admin', PORTSIP_TENANTS: '612345678901234567, 8' },
      { kind: 'administrator', username: 'admin', password: 'hush' },
      ['612345678901234567', '8'],
    ],
    [
      { PORTSIP_USERNAME: '101', PORTSIP_DOMAIN: 'acme.example' },
      { kind: 'user', username: '101', password: 'hush', domain: 'acme.example' },
      [],
    ],
    [
      { PORTSIP_EXTENSION: '101', PORTSIP_DOMAIN: 'acme.example' },
      { kind: 'extension', extensionNumber: '101', password: 'hush', domain: 'acme.example' },
      [],
    ],
  ])('a login of PortSIP: %j', (login, credentials, tenants) => {
    const settings = settingsOf({ ...PORTSIP, ...login });
    expect(settings.sources).toEqual(['portsip']);
    expect(settings.portsip).toEqual({
      wsiUrl: PORTSIP.PORTSIP_WSI_URL,
      tlsInsecure: false,
      credentials,
      tenants,
      rules: { wrapUpSeconds: 30, businessTrip: 'Away' },
      rest: undefined,
    });
  });

  it('what the mapping of PortSIP leaves open can be said', () => {
    const login = { PORTSIP_USERNAME: '101', PORTSIP_DOMAIN: 'acme.example' };
    const rules = { PORTSIP_WRAP_UP_SECONDS: '45', PORTSIP_BUSINESS_TRIP: 'OffWork' };
    expect(settingsOf({ ...PORTSIP, ...login, ...rules }).portsip?.rules).toEqual({
      wrapUpSeconds: 45,
      businessTrip: 'OffWork',
    });
    const wrong = { PORTSIP_WRAP_UP_SECONDS: '3601', PORTSIP_BUSINESS_TRIP: 'Lunch' };
    const faults = faultsOf({ ...PORTSIP, ...login, ...wrong });
    expect(faults.map(({ name }) => name).toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('PortSIP with its REST API needs no directory file', () => {
    const settings = settingsOf({
      ...PORTSIP,
      PORTSIP_API_URL: 'https://pbx.example:8887/api/',
      PORTSIP_USERNAME: 'ann',
      PORTSIP_DOMAIN: 'acme.example',
      RTE_DIRECTORY: '',
    });
    const credentials = {
      kind: 'user',
      username: 'ann',
      password: 'hush',
      domain: 'acme.example',
    };
    expect(settings.portsip?.rest).toEqual({ url: 'https://pbx.example:8887/api', credentials });
    expect(settings.withoutDirectoryFile).toBe('empty');
  });

  it('Wazo and PortSIP are both sources when both are configured', () => {
    const both = {
      ...PORTSIP,
      PORTSIP_USERNAME: 'a',
      PORTSIP_DOMAIN: 'b',
      WAZO_AMQP_URL: 'amqp://b/',
    };
    expect(settingsOf(both).sources).toEqual(['wazo', 'portsip']);
  });

  it('a broken URL with a password is not quoted', () => {
    const faults = faultsOf({ WAZO_AMQP_URL: 'amqp:/guest:hush@broker', RTE_DIRECTORY: 'd' });
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).not.toContain('hush');
  });

  it('a URL of another scheme is quoted without its password', () => {
    const faults = faultsOf({ WAZO_AMQP_URL: 'http://guest:hush@broker', RTE_DIRECTORY: 'd' });
    expect(faults[0]?.message).toContain('http://guest:(hidden)@broker');
    expect(faults[0]?.message).not.toContain('hush');
  });
});

describe('warnings', () => {
  it('an unknown name is reported with the nearest known one', () => {
    const { warnings } = loadSettings({
      RTE_PROT: '1',
      WAZO_AMPQ_URL: 'x',
      RTE_TEST_AMQP_URL: 'x',
    });
    expect(warnings.map(({ message }) => message)).toEqual([
      'RTE_PROT is not a setting: did you mean RTE_PORT?',
      'WAZO_AMPQ_URL is not a setting: did you mean WAZO_AMQP_URL?',
    ]);
  });

  it('a name like no other is to be removed', () => {
    const { warnings } = loadSettings({ PORTSIP_COLOUR_OF_THE_SKY: 'blue' });
    expect(warnings[0]?.message).toBe('PORTSIP_COLOUR_OF_THE_SKY is not a setting: remove it');
  });

  it('variables of others are none of our business', () => {
    expect(loadSettings({ PATH: '/bin', HOME: '/' }).warnings).toEqual([]);
  });
});
