import type { FastifyInstance } from 'fastify';
import { revokeTokens } from '../access/connection-access.js';
import { recordingLogins } from '../console/recorded-logins.js';
import type { User } from '../directory/types.js';
import {
  createHttpServer,
  HUB_PATH,
  observeRequests,
  registerAuthUserRoute,
  registerCors,
  registerHealthRoutes,
  registerIssuerLoginRoutes,
  registerKeysRoute,
  registerMetricsRoute,
  registerRest,
  registerRevocationRoutes,
  registerTokenRoute,
  registerWallboard,
} from '../http/index.js';
import { createAuthenticator, createTokenIssuer, type ExternalLogins } from '../identity/index.js';
import type { RteUser } from '../rte/rte-user.js';
import { registerSignalR, type SignalRServer } from '../signalr/index.js';
import type { Basis } from './basis.js';
import type { OidcSignIn } from './oidc-sign-in.js';
import { createRestOptions, type RestParts } from './rest-options.js';

/** Where the build puts the wallboard, seen from src as from dist. */
const WALLBOARD_FOLDER = new URL('../../dist/wallboard/', import.meta.url);

/** Makes the HTTP server with every route; it does not listen yet. */
export function createHttp(
  basis: Basis,
  server: SignalRServer<RteUser>,
  parts: Pick<RestParts, 'states' | 'history' | 'callbacks' | 'administration' | 'sink'> & {
    readonly logins: readonly ExternalLogins<User>[];
    readonly signIn: OidcSignIn | undefined;
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
  const { publicUrl } = settings.http;
  registerIssuerLoginRoutes(http, { authenticator, metrics, publicUrl, signIn: parts.signIn });
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
  registerWallboard(http, { folder: WALLBOARD_FOLDER, publicUrl });
  return http;
}
