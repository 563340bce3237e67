/**
 * Times and bounds of the mapping, each with its reason. Times in milliseconds.
 */

/** How many entries each table of the mapping may have. */
export const TABLE_BOUNDS = {
  /** Agents times queues; ten times the largest installation known to the projections. */
  agents: 40_000,
  /** Calls of all tenants at once, with those ended lately. */
  calls: 20_000,
  /** Callers who wait to be called back. */
  wishes: 20_000,
  /** Numbers of queues and extensions whose ids messages told. */
  learned: 40_000,
  /** Queues of which a breach of the service level was told; one is kept of each. */
  breaches: 10_000,
};

/** How long an ended call is remembered, so that late messages of it begin nothing anew. */
export const ENDED_CALL_MS = 2 * 60_000;

/** Without an end for this long a call is taken to be over (portsip/wsi.md C.1). */
export const MAX_CALL_MS = 12 * 3_600_000;

/** A wish to be called back that nobody fulfilled for this long is given up. */
export const CALLBACK_WISH_MS = 24 * 3_600_000;

/** An endpoint that a call was offered to rings, if nothing says so, after this time. */
export const RINGING_AFTER_MS = 2_000;

/** A call that began longer ago has nothing to do with what an extension does now (C.5). */
export const CANDIDATE_MS = 60_000;

/** A queue's caller whom somebody answered longer ago was answered by somebody else (C.5). */
export const ANSWERED_CANDIDATE_MS = 2_000;

/** Before it is told that a call was handed over, the one in which that was agreed may have ended. */
export const CONSULTATION_OVER_MS = 2_000;

/** Reads of the PBX's sessions without a call after which it is over (C.1). */
export const ABSENCES = 2;
