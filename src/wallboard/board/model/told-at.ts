/** UUIDv7 of the epoch itself: the hub's ids of states that it tells without an event. */
const WITHOUT_TIME = '00000000-0000-7';

/**
 * When what an event tells began at the latest, epoch ms. Null for a state that the hub tells as it
 * is now, since no event of it ever came (its id sorts before those of all events).
 */
export function toldAt({ id, timestamp }: { readonly id: string; readonly timestamp: string }) {
  return id.startsWith(WITHOUT_TIME) ? null : Date.parse(timestamp);
}
