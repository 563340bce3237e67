/**
 * What was refused:
 * - `login`: a user name and password, or the token of another system
 * - `connect`: a token of ours, or another request to the hub's address
 * - `subscribe`: an item of Subscribe, or a subscription that lost its right
 * - `read`, `change`: a request of the REST interface, by the access policy
 * - `administration`: a request that only administrators may make
 */
export type RefusedKind = 'login' | 'connect' | 'subscribe' | 'read' | 'change' | 'administration';

/** Something that was refused, with what the client is not told about it. Never holds a secret. */
export interface Refusal {
  readonly kind: RefusedKind;
  /** The cause, as a word of ours such as `wrong-password`. */
  readonly reason: string;
  /** What there is to say about this one, in words; '' when the reason says it all. */
  readonly detail: string;
  /** Who asked; null when nobody knows. */
  readonly userId: string | null;
  /** The name that was given, or that of the user. */
  readonly userName: string | null;
  /** Whether nobody has proved to be that user: a name that somebody typed, a token not signed by us. */
  readonly isClaimed: boolean;
  /** Where it came from; null when that is not known. */
  readonly remoteAddress: string | null;
  readonly connectionId: string | null;
  /** What it was about, where it was about something; ids and names as they were sent. */
  readonly entityId: string | null;
  readonly eventName: string | null;
}

/** A refusal that came once or more often. Times are in epoch ms. */
export interface NotedRefusal extends Refusal {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
}
