/** A request as fetch takes it; Node's types leave `cache` out, which browsers heed. */
interface FetchInit extends RequestInit {
  readonly cache?: 'no-store' | 'no-cache';
}

/** `fetch` as the client uses it. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
