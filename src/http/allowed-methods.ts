import type { FastifyInstance } from 'fastify';

interface Route {
  readonly segments: readonly string[];
  readonly methods: readonly string[];
}

/**
 * Knows the routes of a server, so that a path which is served with another method is told from
 * one that is not served. Make it before the routes; it has one entry per route.
 */
export class AllowedMethods {
  readonly #routes: Route[] = [];

  constructor(server: FastifyInstance) {
    server.addHook('onRoute', ({ url, method }) => {
      this.#routes.push({ segments: segmentsOf(url), methods: [method].flat() });
    });
  }

  /** The methods that the path is served with, in the order of the alphabet. */
  of(path: string): readonly string[] {
    const asked = segmentsOf(path);
    const methods = this.#routes
      .filter(({ segments }) => matches(segments, asked))
      .flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}

/** Paths match in any letter case and with or without a trailing slash, as the server's do. */
function segmentsOf(path: string): readonly string[] {
  return path.toLowerCase().replace(/\/$/u, '').split('/');
}

function matches(pattern: readonly string[], asked: readonly string[]): boolean {
  if (pattern.length !== asked.length) return false;
  return pattern.every((segment, index) => segment.startsWith(':') || segment === asked[index]);
}
