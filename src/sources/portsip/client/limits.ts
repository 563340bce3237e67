/** Bounds and times of the connection to the PBX; the vendor documents none of them. */
export const LIMITS = {
  /** A snapshot of 20,000 extensions fits in; a peer that sends more is no PBX. */
  maxMessageBytes: 8 * 1024 * 1024,
  /** What may wait to be sent: the longest subscription many times over. */
  maxUnsentBytes: 4 * 1024 * 1024,
  handshakeMs: 10_000,
  /** The PBX checks passwords against its database. */
  authMs: 10_000,
  /** Whether subscriptions are answered is not documented: this long is waited for the first answer. */
  subscriptionAnswerMs: 3_000,
  /** With 20 % of jitter 20 to 30 s, below the minute after which middle boxes forget connections. */
  pingMs: 25_000,
  /** The state is taken anew this often, since the PBX numbers no messages and replays none. */
  snapshotMs: 300_000,
  /** The state that a subscription asks for comes within this time after all are answered. */
  lateSnapshotMs: 2_000,
  /** Different texts of refusals that are kept to be told. */
  maxLateRefusals: 5,
  /** A connection that lasts this long is sound: the next loss is retried quickly again. */
  soundAfterMs: 30_000,
  networkBackOff: { firstMs: 500, lastMs: 30_000 },
  /** Somebody has to correct a password or a right: more often would only fill the PBX's log or lock the account. */
  refusalBackOff: { firstMs: 60_000, lastMs: 300_000 },
} as const;

/** `ms` made up to 20 % shorter or longer, so that hubs and their connections do not act at once. */
export function jittered(ms: number, random: () => number): number {
  return Math.round(ms * (0.8 + 0.4 * random()));
}
