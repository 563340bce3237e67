/** The views, by the name of their folder. */
export type ViewName = 'board' | 'me' | 'admin';

const SEGMENTS: Readonly<Record<ViewName, string>> = { board: '', me: 'me', admin: 'admin' };

/**
 * The view that a path of the page shows; paths that the hub would not serve show the wallboard.
 * @param path of the address, in any letter case, with or without a slash at the end
 * @param basePath of the hub, with a slash at the end
 */
export function viewOfPath(path: string, basePath: string): ViewName {
  const below = path.toLowerCase().slice(basePath.length).replace(/\/$/u, '');
  if (below === SEGMENTS.me) return 'me';
  return below === SEGMENTS.admin ? 'admin' : 'board';
}

/** The path of a view, for its link. */
export function pathOfView(view: ViewName, basePath: string): string {
  return basePath + SEGMENTS[view];
}

/** The views that a person may open. Everybody has a desk: who serves no queue may have callbacks. */
export function viewsFor(role: 'agent' | 'supervisor' | 'admin'): readonly ViewName[] {
  return role === 'admin' ? ['board', 'me', 'admin'] : ['board', 'me'];
}
