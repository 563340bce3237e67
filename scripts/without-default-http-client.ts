import type { Plugin } from 'esbuild';

/** In its place; whoever made one after all would see why that can't be. */
const NONE = `export class DefaultHttpClient {
  constructor() {
    throw new Error('The page gives Microsoft’s client an HttpClient of its own.');
  }
}`;

/**
 * Leaves out the two HTTP clients that Microsoft's client brings for those who give it none: the page
 * always does (src/client/hub-http-client.ts), and they weigh more than a kilobyte of its 80.
 */
export const withoutDefaultHttpClient: Plugin = {
  name: 'without-default-http-client',
  setup(build) {
    // esbuild reads it as a regular expression of Go, which has no flag u.
    const filter = new RegExp('signalr/dist/esm/DefaultHttpClient[.]js$');
    build.onLoad({ filter }, () => ({ contents: NONE }));
  },
};
