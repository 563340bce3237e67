/** Bounds of what one client may ask for. */
export interface SubscriptionLimits {
  /** Subscriptions that one connection may hold. */
  readonly perConnection: number;
  /** Items of one Subscribe that are looked at; those after them are refused. */
  readonly perCall: number;
}

/**
 * The defaults. 2,000 covers four events of each of 500 agents, the largest wallboard that makes
 * sense on a screen. 500 whole items are a little more than a JSON message of 32 KB holds, so the
 * bound is for malformed short ones, for MessagePack and for larger messages.
 */
export const defaultSubscriptionLimits: SubscriptionLimits = { perConnection: 2000, perCall: 500 };

/**
 * Refusals of one user that are logged in a window of time. A client that is set up wrong shows in
 * the first ones; all of them are counted.
 */
export const AUDIT_LINES_PER_WINDOW = 20;
export const AUDIT_WINDOW_MS = 60_000;

/** Users whose refusals are told apart; as many as a large organization has agents. */
export const AUDITED_USERS = 10_000;
