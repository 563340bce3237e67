/**
 * Where the hub is, with a slash at the end. This file is bundled into `assets/` below it, so that
 * the page works under any path that a reverse proxy gives the hub.
 */
export const base = new URL('..', import.meta.url);

/** Its path, with a slash at the end. */
export const basePath = base.pathname;
