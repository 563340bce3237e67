import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { createCallbackFlow } from '../../../src/composition/callback-flow.js';
import type { ChosenAvailabilities } from '../../../src/composition/chosen-availabilities.js';
import { ContactCenter, type DomainEvent } from '../../../src/contact-center/index.js';
import type { User } from '../../../src/directory/types.js';
import {
  createHttpServer,
  registerAuthUserRoute,
  registerHealthRoutes,
  registerIssuerLoginRoutes,
  registerKeysRoute,
  registerMetricsRoute,
  registerRest,
  registerRevocationRoutes,
  registerTokenRoute,
} from '../../../src/http/index.js';
import {
  IdentityProviderError,
  generatePrivateJwk,
  importSigningKey,
  type Authenticator,
  type LoginResult,
  type TokenTerms,
} from '../../../src/identity/index.js';
import { parsePrivateJwk } from '../../../src/identity/jwk.js';
import { createMetrics, HealthRegistry } from '../../../src/observability/index.js';
import { createRestOptions } from '../../../src/composition/rest-options.js';
import { recordingLogins } from '../../../src/console/recorded-logins.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import type { RteEvent } from '../../../src/rte/events/create-event.js';
import { type KeptHour, QueueHistory } from '../../../src/rte/queue-history.js';
import { MemoryCallbackStore } from '../../support/callback-store/memory-store.js';
import { CurrentStates } from '../../../src/rte/current-states.js';
import { StateFeed } from '../../../src/rte/state-feed.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { noLogger } from '../../support/no-logger.js';
import { type ConsoleUnderTest, createConsole } from './console-fixture.js';
import { createDirectory, type PersonName } from '../rte/fixtures/directory.js';

const signingKey = await importSigningKey(
  parsePrivateJwk(await generatePrivateJwk(), 'test'),
  'test',
);

/** When all tests of the REST interface take place. */
export const NOW = Date.parse('2026-11-21T10:00:00Z');

/** A server of the REST interface over real projections, with the directory of rte's tests. */
export interface RestHub {
  /** Sends a request as somebody; as nobody without a name. */
  ask(
    who: PersonName | undefined,
    url: string,
    more?: Pick<InjectOptions, 'method' | 'headers' | 'payload' | 'remoteAddress'>,
  ): Promise<LightMyRequestResponse>;
  /** Tells one burst, as a source does. */
  tell(...events: readonly DomainEvent[]): void;
  /** What went to the event bus. */
  readonly told: RteEvent[];
  /** Refusals that were audited: what was asked, and the rule that refused. */
  readonly denied: string[];
  readonly directory: FakeDirectoryHolder;
  readonly health: HealthRegistry;
  readonly console: ConsoleUnderTest;
  /** Where callback requests are. */
  readonly store: MemoryCallbackStore;
  /** Resolves when all changes of callback requests are told. */
  settled(): Promise<void>;
  /** Method and path of each route, as `GET /users/{userId}`. */
  readonly routes: readonly string[];
  stop(): Promise<void>;
}

export interface RestHubOptions {
  /** How logins end that do not just succeed, by login name. */
  readonly logins?: Readonly<Record<string, LoginResult<User>>>;
  /** On which terms everybody logs in. */
  readonly terms?: TokenTerms;
  readonly now?: () => number;
  readonly publicUrl?: string;
  /** The hours of queues as they were before the start. */
  readonly hours?: readonly KeptHour[];
  /** Takes what users set before it is told. */
  readonly keep?: ChosenAvailabilities['keep'];
}

/** Starts one; everybody logs in with their name and the password `secret`. */
export async function startRestHub(options: RestHubOptions = {}): Promise<RestHub> {
  const { now = () => NOW } = options;
  const directory = new FakeDirectoryHolder(createDirectory());
  const bus = new InProcessEventBus(noLogger);
  const told: RteEvent[] = [];
  bus.onEvent((event) => told.push(event));
  const denied: string[] = [];
  const contactCenter = new ContactCenter();
  const feed = new StateFeed({
    contactCenter,
    directory,
    bus,
    onOccurrence: () => undefined,
    corrected: () => undefined,
    userStatusIntervalMs: 0,
    queueStatusIntervalMs: 0,
    now,
  });
  const history = new QueueHistory({
    bus,
    directory,
    contactCenter,
    isBehind: () => feed.isBehind,
    kept: options.hours ?? [],
    onMinute: () => undefined,
    now,
  });
  const server = createHttpServer(pino({ level: 'silent' }));
  const routes: string[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push(`${one} ${url.replaceAll(/:(\w+)/gu, '{$1}')}`);
  });
  const health = new HealthRegistry();
  const store = new MemoryCallbackStore();
  const callbacks = createCallbackFlow({
    store,
    retentionDays: 90,
    directory,
    bus,
    health: health.component('callbacks'),
    metrics: { watchTables: () => undefined, callbackStoreUsed: () => undefined },
    logger: noLogger,
    now,
  });
  await callbacks.open();
  const consoleUnderTest = createConsole(directory, signingKey, now);
  const { recorder } = consoleUnderTest;
  const authenticator = recordingLogins(fakeAuthenticator(directory, options), recorder);
  const onForbidden = (caller: User, address: string) => recorder.notAdministrator(caller, address);
  const http = {
    host: '127.0.0.1',
    port: 0,
    trustedProxies: [],
    publicUrl: options.publicUrl,
    endpointScheme: 'wss' as const,
    legacyWssEndpoint: false,
    allowedOrigins: [],
  };
  registerRest(
    server,
    createRestOptions({
      settings: { http },
      authenticator,
      metrics: {
        login: () => undefined,
      },
      audit: { refused: ({ reason, rule }) => denied.push(`${reason} ${rule}`) },
      directory,
      states: new CurrentStates({ contactCenter, directory, now }),
      history,
      callbacks,
      administration: consoleUnderTest.administration,
      chosen: { keep: options.keep ?? (() => Promise.resolve()) },
      sink: feed.sink,
      now,
    }),
  );
  registerTokenRoute(server, {
    ...http,
    authenticator,
    tokens: { issue: () => Promise.resolve({ token: 'a token', id: 'jti', expiresIn: 600 }) },
    directory: () => directory.current,
    metrics: { login: () => undefined },
    onForbidden,
  });
  registerRevocationRoutes(server, {
    authenticator,
    directory: () => directory.current,
    metrics: { login: () => undefined },
    onForbidden,
    revoke: () => Promise.resolve(0),
  });
  registerAuthUserRoute(server, { authenticator, metrics: { login: () => undefined } });
  registerIssuerLoginRoutes(server, {
    authenticator,
    metrics: { login: () => undefined },
    signIn: {
      label: 'Log in with Acme',
      begin: (redirectUri) =>
        redirectUri.startsWith('http://away.')
          ? Promise.reject(new IdentityProviderError('the issuer is away'))
          : Promise.resolve({ url: redirectUri, state: 's', nonce: 'n', codeVerifier: 'v' }),
      end: () => Promise.resolve(undefined),
    },
    publicUrl: options.publicUrl,
  });
  registerKeysRoute(server, { current: signingKey });
  registerHealthRoutes(server, health);
  registerMetricsRoute(server, createMetrics());
  return {
    health,
    store,
    console: consoleUnderTest,
    settled: () => callbacks.flush(10_000),
    told,
    denied,
    routes,
    directory,
    tell: (...events) => feed.sink(events),
    ask: (who, url, { headers, ...more } = {}) =>
      server.inject({ url, headers: { ...(who && basic(who)), ...headers }, ...more }),
    async stop() {
      feed.stop();
      history.stop();
      consoleUnderTest.sources.stop();
      await callbacks.stop();
      await server.close();
    },
  };
}

/** Credentials of somebody. */
export function basic(userName: string, password = 'secret') {
  const encoded = Buffer.from(`${userName}:${password}`).toString('base64');
  return { authorization: `Basic ${encoded}` };
}

function fakeAuthenticator(
  directory: FakeDirectoryHolder,
  { logins = {}, terms = {} }: RestHubOptions,
): Authenticator<User> {
  return {
    takesTokens: false,
    secretKey: () => 'none',
    sizes: () => ({}),
    async login(_address, credentials) {
      if (credentials.kind === 'token') return { kind: 'refused' };
      const isCode = credentials.kind === 'code';
      // Who comes with a code says in its state who they are.
      const userName = isCode ? credentials.state : credentials.userName;
      const password = isCode ? 'secret' : credentials.password;
      const prepared = logins[userName];
      if (prepared !== undefined) return prepared;
      const user = directory.current.userByName(`${userName}@example.com`);
      const isRight = user !== undefined && password === 'secret';
      if (!isRight) return { kind: 'refused' };
      const key = isCode ? { secretKey: 'rsk3_key' } : {};
      return { kind: 'accepted', user, terms, ...key };
    },
  };
}
