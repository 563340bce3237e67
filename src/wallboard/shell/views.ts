import type { ComponentType } from 'preact';
import type { ViewName } from './route.js';
import type { ViewProps } from './view-context.js';

type View = ComponentType<ViewProps>;

const load: Readonly<Record<ViewName, () => Promise<{ readonly View: View }>>> = {
  board: () => import('../board/index.js'),
  me: () => import('../me/index.js'),
  admin: () => import('../admin/index.js'),
};

/**
 * Loads the bundle of a view and its styles.
 * @throws when the hub does not serve them, because it is away or has been updated
 */
export async function loadView(name: ViewName): Promise<View> {
  const [{ View }] = await Promise.all([load[name](), loadStylesheet(name)]);
  return View;
}

/** The page names the stylesheet of each view; it becomes one when the view is wanted. */
function loadStylesheet(name: ViewName): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>(`link[data-view="${name}"]`);
  if (link === null || link.rel === 'stylesheet') return Promise.resolve();
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => reject(new Error(`${link.href} could not be loaded`)));
    link.rel = 'stylesheet';
  });
}
