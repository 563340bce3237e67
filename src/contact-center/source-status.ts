/**
 * How far what is shown of a contact center can be trusted:
 * - `up`: it is as the telephony system has it
 * - `stale`: events come, but the picture may be old or have gaps
 * - `down`: no events come
 */
export type SourceState = 'up' | 'stale' | 'down';

/**
 * Why a source is not up. A class, not a text: what is said of it to operators, to clients and in
 * figures differs.
 * - `starting`: it has not connected since the hub started
 * - `connection-lost`: the system can't be reached
 * - `access-denied`: the system refuses the hub's credentials or rights
 * - `misconfigured`: the system is there, but not as the settings say
 * - `reading-state`: the state of everything is being read, after a start or a gap
 * - `state-unreadable`: reading it failed
 * - `state-old`: it was read last longer ago than it may be
 * - `unanswered`: the system takes the hub's markers, but they do not come back among the events
 * - `failed`: the source ended by a fault of the hub's own
 */
export type SourceTrouble =
  | 'starting'
  | 'connection-lost'
  | 'access-denied'
  | 'misconfigured'
  | 'reading-state'
  | 'state-unreadable'
  | 'state-old'
  | 'unanswered'
  | 'failed';

/** What is known of a source's health. */
export interface SourceStatus {
  readonly state: SourceState;
  /** Null while it is up. */
  readonly trouble: SourceTrouble | null;
  /** Since when the source is in this state, epoch ms. */
  readonly since: number;
}
