/**
 * Whether the page hangs on a wall (`?tv` or `?tv=1` in the address): no controls, larger type, and
 * nothing that asks.
 */
export const isTv = isAskedFor(new URLSearchParams(location.search).get('tv'));

function isAskedFor(value: string | null): boolean {
  return value !== null && value !== '0' && value !== 'false';
}
