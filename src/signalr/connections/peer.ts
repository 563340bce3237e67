import type { HubRequest } from './hub-request.js';

/** Who is at the other end, as far as their request tells. Nothing of it is proven. */
export interface Peer {
  readonly remoteAddress: string;
  /** What the client calls itself; undefined when it does not. */
  readonly userAgent: string | undefined;
}

/** Browsers' names have some 120 characters; more is for nobody to read. */
const MAX_USER_AGENT_LENGTH = 200;

/** Microsoft's clients name themselves in a header of their own, where they may set one. */
export function peerOf({ headers, remoteAddress }: HubRequest): Peer {
  const own = headers['x-signalr-user-agent'];
  const name = (typeof own === 'string' ? own : undefined) ?? headers['user-agent'];
  return { remoteAddress, userAgent: name?.slice(0, MAX_USER_AGENT_LENGTH) };
}
