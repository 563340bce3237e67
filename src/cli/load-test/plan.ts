import type { TransportName } from '../../signalr/index.js';

/** One of a hub's subscribers: what it asks for by Subscribe. */
export interface Subscription {
  /** A guid, or `*` for all that one may see. */
  readonly entityId: string;
  /** A name, or with `*` behind its beginning. */
  readonly eventName: string;
}

/** Who connects. */
export type LoadLogin =
  | { readonly kind: 'password'; readonly userName: string; readonly password: string }
  /** A token of the hub, which is not renewed. */
  | { readonly kind: 'token'; readonly token: string };

/** What a load test is to do. */
export interface LoadPlan {
  /** Base of the hub, without trailing slash. */
  readonly base: string;
  readonly connections: number;
  /** How many connections are begun each second. */
  readonly perSecond: number;
  /** How long is measured once all are connected. */
  readonly seconds: number;
  readonly transport: TransportName;
  readonly protocol: 'json' | 'messagepack';
  readonly subscriptions: readonly Subscription[];
  /** The connections are dealt out to them in turn. */
  readonly logins: readonly [LoadLogin, ...LoadLogin[]];
}

/** Address of the hub itself, with the wish for no snapshots, whose old stamps would count as delays. */
export function hubUrl({ base }: Pick<LoadPlan, 'base'>, path: '' | '/negotiate'): URL {
  const url = new URL(`${base}/rte${path}`);
  url.searchParams.set('snapshot', '0');
  return url;
}
