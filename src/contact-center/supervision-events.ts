/** What a telephony system says of somebody listening in on a call; may arrive in any order. */
export interface SupervisionReport {
  readonly kind: 'call-supervision';
  readonly at: number;
  readonly step: 'started' | 'stopped';
  readonly mode: SupervisionMode;
  /** The leg of who listens. */
  readonly supervisorLegId: string;
  /** The leg that is listened to. */
  readonly targetLegId: string;
  /** The users to whom the phones belong, as far as their names tell. */
  readonly supervisorUserIds: readonly string[];
  readonly targetUserIds: readonly string[];
  /** The call that is listened to; stands in for one that nothing else is known of. */
  readonly callId?: string;
}

/** Hears both; speaks to the user, too; speaks to both. A source that does not tell says `listen`. */
export type SupervisionMode = 'listen' | 'whisper' | 'barge';
