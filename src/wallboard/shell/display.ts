const IDLE_MS = 3_000;

/**
 * Whether the page hangs on a wall (`?tv` or `?tv=1` in the address): no controls, larger type, and
 * nothing that asks.
 */
export const isTv = isAskedFor(new URLSearchParams(location.search).get('tv'));

/** The address of this page in TV mode, or out of it. */
export function tvHref(tv: boolean): string {
  const url = new URL(location.href);
  if (tv) url.searchParams.set('tv', '1');
  else url.searchParams.delete('tv');
  // Where the skip link led to is no part of it.
  url.hash = '';
  return url.href;
}

/**
 * Makes the page a wall screen: it keeps the screen awake, hides a pointer that nobody moves, and
 * Escape leads out of it. Call it once.
 */
export function becomeTv(): void {
  document.documentElement.dataset['tv'] = '';
  hideIdlePointer();
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') location.assign(tvHref(false));
  });
  document.addEventListener('visibilitychange', () => void keepAwake());
  void keepAwake();
}

function hideIdlePointer(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const moved = (): void => {
    delete document.documentElement.dataset['idle'];
    clearTimeout(timer);
    timer = setTimeout(() => {
      document.documentElement.dataset['idle'] = '';
    }, IDLE_MS);
  };
  addEventListener('pointermove', moved, { passive: true });
  moved();
}

/** Browsers give the lock back whenever the page is not seen, so it is asked for each time it is. */
async function keepAwake(): Promise<void> {
  // Without TLS browsers do not offer it.
  if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
  try {
    await navigator.wakeLock.request('screen');
  } catch {
    // The device refuses, to save its battery for one; the page is as good without.
  }
}

function isAskedFor(value: string | null): boolean {
  return value !== null && value !== '0' && value !== 'false';
}
