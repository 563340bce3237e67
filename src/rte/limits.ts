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

/** Bounds of what is kept for clients that lost their connection. */
export interface HistoryLimits {
  /** An event is kept this long. */
  readonly eventAgeMs: number;
  /** Events of one organization, estimated as the length of their JSON. */
  readonly bytesPerOrganization: number;
  /** Events of one organization of which at least the id and the topic are known. */
  readonly idsPerOrganization: number;
  /** All of it, of all organizations. */
  readonly bytes: number;
  /** An organization where nobody has subscribed for this long is forgotten. */
  readonly idleMs: number;
}

/**
 * The defaults. Five minutes are enough for a change of the network, a restart of a proxy, and the
 * last try of Microsoft's client (42 s); who was away for longer has to look at the whole state
 * anyway. 4 MiB are some 5,000 events: at 15 events a second, those of 500 agents in a busy hour, the
 * five minutes. Ids are for clients to which little is told: 10,000 of them reach over a quiet night.
 * 128 MiB are 20 such organizations at their busiest.
 */
export const defaultHistoryLimits: HistoryLimits = {
  eventAgeMs: 300_000,
  bytesPerOrganization: 4_194_304,
  idsPerOrganization: 10_000,
  bytes: 134_217_728,
  idleMs: 300_000,
};

/**
 * Bytes of JSON sent in the place of what a client has missed. Half of what may wait for a client
 * (maximumOutboundBytes), since it is sent at once, ahead of what comes meanwhile.
 */
export const REPLAY_BYTES = 524_288;

/**
 * Refusals of one user that are logged in a window of time. A client that is set up wrong shows in
 * the first ones; all of them are counted.
 */
export const AUDIT_LINES_PER_WINDOW = 20;
export const AUDIT_WINDOW_MS = 60_000;

/** Users whose refusals are told apart; as many as a large organization has agents. */
export const AUDITED_USERS = 10_000;
