import { computed, type ReadonlySignal } from '@preact/signals';
import type { LinkState } from '../../shell/link-state.js';
import type { ViewContext } from '../../shell/view-context.js';

/**
 * The clock of the board's durations: it stands still while nothing can be heard of what is counted.
 * Who waited when the connection was lost may have been answered long ago.
 */
export function boardClock({
  now,
  link,
}: Pick<ViewContext, 'now' | 'link'>): ReadonlySignal<number> {
  let heard = now.peek();
  return computed(() => {
    const at = now.value;
    if (isHeard(link.value)) heard = at;
    return heard;
  });
}

function isHeard({ kind }: LinkState): boolean {
  switch (kind) {
    case 'live':
    // Events come, though some may be missing.
    case 'stale':
      return true;
    case 'connecting':
    case 'reconnecting':
    case 'down':
    case 'ended':
      return false;
  }
}
