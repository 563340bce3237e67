import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readIfThere } from '../../durable-file.js';
import { sendProblem } from '../problem.js';
import { entityTag, isKnown } from '../rest/entity-tag.js';
import { LOGIN_PAGE } from '../routes/issuer-login.js';
import { pageHeaders } from './content-policy.js';

/** What serving the wallboard takes. */
export interface WallboardOptions {
  /** Where `npm run build` has put it. */
  readonly folder: URL;
  /** Base of the URLs that the hub hands out, without trailing slash. */
  readonly publicUrl: string | undefined;
}

/** The paths of its views, and where an issuer sends browsers back to; the page itself finds out which. */
const PAGES = ['/', '/me', '/admin', LOGIN_PAGE];

/** Names have the hash of the content in them: what is behind one never changes. */
const A_YEAR_MS = 365 * 24 * 3600 * 1000;

const NOT_BUILT =
  'The pages of the wallboard are not built. Run `npm run build` where the hub is installed; everything else works without them.';

/**
 * Serves the wallboard: one page at the paths of its views, and what it loads below /assets, for
 * browsers to keep for ever. A hub without a build says so, with 503.
 */
export function registerWallboard(server: FastifyInstance, options: WallboardOptions): void {
  void server.register(async (scope) => {
    await scope.register(helmet, pageHeaders(options.publicUrl));
    await scope.register(fastifyStatic, {
      root: fileURLToPath(new URL('assets/', options.folder)),
      serve: false,
      preCompressed: true,
      immutable: true,
      maxAge: A_YEAR_MS,
      dotfiles: 'deny',
      // A folder that is not there yet is no fault; it is answered when somebody asks.
      suppressWarning: true,
    });
    for (const path of PAGES) {
      scope.get(path, (request, reply) => answerPage(request, reply, options));
    }
    scope.get<{ Params: { file: string } }>('/assets/:file', (request, reply) =>
      reply.header('vary', varyingBy(reply)).sendFile(request.params.file),
    );
  });
}

/** Where pages of other origins are let in, CORS has named the origin already. */
function varyingBy(reply: FastifyReply): string {
  return [reply.getHeader('vary'), 'accept-encoding'].flat().filter(isText).join(', ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

async function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { folder, publicUrl }: WallboardOptions,
): Promise<FastifyReply> {
  // It names the files of one build, so it is asked for each time.
  reply.header('cache-control', 'no-cache');
  // Read anew each time: it is small, and a build meanwhile is in force at once.
  const page = await readIfThere(new URL('index.html', folder));
  if (page === undefined) return sendProblem(reply, 503, NOT_BUILT);
  const html = page.replaceAll('%BASE%', publicUrl === undefined ? '' : pathOf(publicUrl));
  const tag = entityTag(html);
  reply.header('etag', tag);
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(html);
}

function pathOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/u, '');
}
