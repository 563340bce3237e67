import { text } from '../../texts/index.js';
import { currentCalls } from '../calls/own-calls.js';
import type { Desk } from '../desk.js';
import { otherParty, placeOf } from '../parties.js';
import { headlineWords } from '../status/words.js';

/** A call that rings, as notifications and the title of the page tell of it. */
export interface Ring {
  /** Another one for each time that it rings. */
  readonly key: string;
  readonly who: string;
  readonly where: string;
}

/** The call that began to ring last; undefined while none rings. */
export function ringOf(desk: Desk): Ring | undefined {
  const ringing = currentCalls(desk.live.calls.value).filter(({ phase }) => phase === 'ringing');
  const call = ringing.at(-1);
  if (call === undefined) return undefined;
  const key = `${call.callId} ${String(call.rangAt)}`;
  return { key, who: otherParty(call), where: placeOf(call, desk) };
}

/** What a screen reader is told when it changes: nothing in it counts seconds. */
export function announcementOf(desk: Desk): string {
  const call = currentCalls(desk.live.calls.value)[0];
  const standing = desk.live.status.value?.standing;
  if (call?.phase === 'connected') return text.me.call.announceTalking(otherParty(call));
  // A call that rings is told by an alert.
  if (call !== undefined || standing === undefined) return '';
  return headlineWords(standing.headline, desk);
}
