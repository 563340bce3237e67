import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import {
  KEEP_ALIVE_TIMEOUT_MS,
  MAX_BODY_BYTES,
  MAX_PARAMETER_LENGTH,
  REQUEST_TIMEOUT_MS,
} from './defaults.js';
import { AllowedMethods } from './allowed-methods.js';
import { handleError, notFoundHandler } from './error-handler.js';
import { closeSocketsInTime } from './sockets-at-close.js';

/**
 * Makes the HTTP server without routes: paths match in any letter case and with or without a
 * trailing slash, errors are problem details. Routes are registered by whoever composes the hub.
 * @param logger its request serializer must leave the query out, which may hold a token
 * @param trustedProxies IP addresses and networks whose X-Forwarded headers are believed: without
 * them every client behind a proxy shares its address, and so its failed logins
 */
export function createHttpServer(
  logger: FastifyBaseLogger,
  trustedProxies: readonly string[] = [],
): FastifyInstance {
  const server = Fastify({
    loggerInstance: logger,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // One line per request would drown the rest; handlers log what matters.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: {
      ignoreTrailingSlash: true,
      caseSensitive: false,
      maxParamLength: MAX_PARAMETER_LENGTH,
    },
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
  });
  server.setErrorHandler(handleError);
  server.setNotFoundHandler(notFoundHandler(new AllowedMethods(server)));
  takeJsonOnly(server);
  closeSocketsInTime(server);
  return server;
}

/** Bodies are JSON. Clients that name the type of a body they do not send mean no harm by it. */
function takeJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, text, done) => {
      if (text === '') done(null, undefined);
      else return parse(request, text, done);
    },
  );
}
