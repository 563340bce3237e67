import { computed, signal } from '@preact/signals';
import { basePath } from './base.js';
import { pathOfView, viewOfPath, type ViewName } from './route.js';

const path = signal(location.pathname);

/** The view that the address names. */
export const currentView = computed(() => viewOfPath(path.value, basePath));

/** The address of a view; what was asked for behind the `?`, such as TV mode, stays. */
export function hrefOf(view: ViewName): string {
  return pathOfView(view, basePath) + location.search;
}

/** Shows a view without loading the page anew. */
export function openView(view: ViewName): void {
  history.pushState(null, '', hrefOf(view));
  path.value = location.pathname;
}

/** Shows another address in the place of this one, as if it had been opened. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  path.value = location.pathname;
}

/** Follows the browser's back and forward. Call it once. */
export function followHistory(): void {
  addEventListener('popstate', () => {
    path.value = location.pathname;
  });
}
