import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { wrapUpOf } from '../status/wrap-up.js';
import { announcementOf, ringOf } from './ring.js';

/** Tells screen readers what has changed: a call that rings at once, the rest when they pause. */
export function Announcer({ desk }: { readonly desk: Desk }) {
  const ring = ringOf(desk);
  const wrapUp = wrapUpOf(desk.live.status.value?.fields);
  const standing = desk.live.status.value?.standing.headline;
  return (
    <div class="hidden-visually">
      <p role="alert">
        {ring === undefined ? '' : text.me.call.announceRinging(ring.who, ring.where)}
      </p>
      <output>
        {standing === 'wrap-up' && wrapUp !== undefined
          ? text.me.status.wrapUpAnnounced(formatNumber((wrapUp.end - wrapUp.start) / 1000))
          : announcementOf(desk)}
      </output>
    </div>
  );
}
