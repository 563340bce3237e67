import type { HttpTransportType } from '@microsoft/signalr';
import type { CredentialsSource } from './credentials.js';

/** What createRteClient takes. */
export interface RteClientOptions {
  /** Base of the hub's URLs, e.g. `https://hub.example`; the token endpoint is below it. */
  readonly url: string;
  /** Who connects; a function is asked before each token. */
  readonly credentials: CredentialsSource;
  /** Whether to get the last state of what one subscribes to at once. Default true. */
  readonly snapshot?: boolean;
  /** Whether to ask for what was missed when the connection was lost. Default true. */
  readonly resume?: boolean;
  /** Default: the best one that both sides have. */
  readonly transport?: HttpTransportType;
  /** Gets what the application's own handlers throw. Default: console.error. */
  readonly onError?: (error: unknown) => void;
}

/** The base without a slash at its end. @throws TypeError when it is no http(s) URL */
export function baseOf(url: string): string {
  // Not URL.canParse, which browsers of 2023 don't have.
  if (!/^https?:\/\/[^/]/iu.test(url)) {
    throw new TypeError(`"${url}" is no http(s) URL. Give the base of the hub's URLs.`);
  }
  return url.replace(/\/+$/u, '');
}
