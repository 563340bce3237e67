import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { STOP_MARGIN_MS } from '../../src/cli/stop-signals.js';
import { DEFAULTS } from '../../src/config/defaults.js';
import { loadSettings } from '../../src/config/index.js';
import {
  isInRepository,
  repositoryFile,
  repositoryYaml,
  unknownSettings,
} from '../support/deployment-files.js';

const condition = z.object({ condition: z.enum(['service_started', 'service_healthy']) });
const service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string(),
  profiles: z.array(z.string()).optional(),
  hostname: z.string().optional(),
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), condition)]).default([]),
  healthcheck: z
    .strictObject({
      test: z.array(z.string()),
      interval: z.string(),
      timeout: z.string(),
      retries: z.number(),
      start_period: z.string().optional(),
    })
    .optional(),
  restart: z.literal('unless-stopped').optional(),
  init: z.boolean().optional(),
  stop_grace_period: z.string().optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string()).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  ulimits: z.record(z.string(), z.number()).optional(),
});
const composeFile = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.strictObject({ environment: z.string() })).default({}),
  volumes: z.record(z.string(), z.null()).default({}),
});

const FILES = ['compose.yaml', 'compose.demo.yaml'];
const files = FILES.map((path) => [path, composeFile.parse(repositoryYaml(path))] as const);
const compose = composeFile.parse(repositoryYaml('compose.yaml'));
const hub = service.parse(compose.services['rte-hub']);

/** A text with its variables, as compose puts them in; `${A:?…}` and `${A:-…}` may stand in each other. */
function interpolated(text: string, variables: Readonly<Record<string, string>>): string {
  const innermost = /\$\{(?<name>\w+)(?::(?<kind>[?+-])(?<word>[^${}]*))?\}/u;
  const found = innermost.exec(text);
  if (found === null) return text;
  const { name = '', kind, word = '' } = found.groups ?? {};
  const value = variables[name] ?? '';
  if (value === '' && kind === '?') throw new Error(`${name}: ${word}`);
  const chosen =
    kind === '+' ? (value === '' ? '' : word) : value === '' && kind === '-' ? word : value;
  return interpolated(text.replace(found[0], chosen), variables);
}

/** The hub's environment as compose makes it. */
function hubEnvironment(variables: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(hub.environment);
  return Object.fromEntries(entries.map(([name, text]) => [name, interpolated(text, variables)]));
}

const PASSWORDS = { POSTGRES_PASSWORD: 'p0stgres', RABBITMQ_PASSWORD: 'rabb1t' };

describe.each(files)('%s', (_path, { services, volumes, secrets }) => {
  const named = Object.entries(services);

  it('sets only settings that there are', () => {
    for (const [, { environment }] of named) {
      expect(unknownSettings(Object.keys(environment))).toEqual([]);
    }
  });

  it('mounts only files that exist and volumes that are declared', () => {
    const sources = named.flatMap(([, one]) => one.volumes.map((text) => text.split(':')[0] ?? ''));
    const declared = sources.filter((source) => /^\w+$/u.test(source));
    expect(new Set(declared)).toEqual(new Set(Object.keys(volumes)));
    const ofRepository = sources.filter((one) => one.startsWith('./'));
    expect(ofRepository.filter((path) => !isInRepository(path))).toEqual([]);
  });

  it('waits only for services that there are, and for health only where it is checked', () => {
    for (const [, { depends_on: awaited }] of named) {
      const names = Array.isArray(awaited) ? awaited : Object.keys(awaited);
      expect(Object.keys(services)).toEqual(expect.arrayContaining(names));
      const healthy = Object.entries(Array.isArray(awaited) ? {} : awaited)
        .filter(([, one]) => one.condition === 'service_healthy')
        .map(([name]) => services[name]);
      // The hub's own check is in its image.
      for (const one of healthy) expect(one?.healthcheck ?? one?.build).toBeDefined();
    }
  });

  it('uses only secrets that are declared', () => {
    const used = named.flatMap(([, one]) => one.secrets);
    expect(new Set(used)).toEqual(new Set(Object.keys(secrets)));
  });

  it('listens on the loopback only, where a proxy with TLS or a person finds it', () => {
    for (const [, { ports }] of named) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    }
  });
});

describe('compose.yaml', () => {
  it('gives the hub settings that it accepts', () => {
    const variables = { ...PASSWORDS, RTE_DIRECTORY_FILE: './directory.json' };
    const loaded = loadSettings(hubEnvironment(variables));
    expect(loaded).toMatchObject({
      ok: true,
      warnings: [],
      settings: {
        sources: ['wazo'],
        callbacks: { databaseUrl: 'postgres://rte:p0stgres@postgres:5432/rte' },
        wazo: { amqpUrl: 'amqp://rte:rabb1t@rabbitmq:5672/' },
        production: true,
      },
    });
  });

  it('leaves the broker and the directory to who names them', () => {
    const file = { RTE_DIRECTORY_FILE: './directory.json' };
    const wazo = { WAZO_AMQP_URL: 'amqp://hub:x@wazo.example/' };
    expect(hubEnvironment({ ...PASSWORDS, ...file, ...wazo })).toMatchObject({
      RTE_DIRECTORY: '/etc/rte-hub/directory.json',
      WAZO_AMQP_URL: 'amqp://hub:x@wazo.example/',
    });
    expect(hubEnvironment(PASSWORDS)['RTE_DIRECTORY']).toBe('');
    expect(hub.volumes.map((text) => interpolated(text, file))).toContain(
      './directory.json:/etc/rte-hub/directory.json:ro',
    );
  });

  it.each(['POSTGRES_PASSWORD', 'RABBITMQ_PASSWORD'])('does not start without %s', (name) => {
    expect(() => hubEnvironment({ ...PASSWORDS, [name]: '' })).toThrow(name);
  });

  it('names the same users, databases and ports on both sides', () => {
    const { postgres, rabbitmq } = compose.services;
    expect(postgres?.environment).toMatchObject({ POSTGRES_USER: 'rte', POSTGRES_DB: 'rte' });
    expect(rabbitmq?.environment).toMatchObject({ RABBITMQ_DEFAULT_USER: 'rte' });
    expect(repositoryFile('Dockerfile')).toContain(`EXPOSE ${hub.environment['RTE_PORT'] ?? ''}`);
    expect(hub.ports).toEqual([`127.0.0.1:8080:${hub.environment['RTE_PORT'] ?? ''}`]);
    expect(hub.environment['RTE_DATA_DIR']).toBe('/data');
    expect(hub.volumes).toContain('data:/data');
  });

  it('lets the hub part with its clients before it is killed', () => {
    const seconds = Number(hub.stop_grace_period?.replace('s', ''));
    expect(seconds).toBeGreaterThan(DEFAULTS.drainSeconds + STOP_MARGIN_MS / 1000);
  });

  it('has no password in it', () => {
    const passwords = Object.values(compose.services)
      .flatMap(({ environment }) => Object.entries(environment))
      .filter(([name]) => /PASS|SECRET|_URL/u.test(name) && !name.endsWith('__FILE'));
    expect(passwords.length).toBeGreaterThan(3);
    expect(passwords.filter(([, text]) => !/\$\{\w+:?[?-]/u.test(text))).toEqual([]);
  });
});
