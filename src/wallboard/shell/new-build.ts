import { storageOf } from './browser-storage.js';

const KEY = 'rte-hub.replaced';

/** This very file, by the name that has the hash of its content. */
const OWN_FILE = import.meta.url;

const storage = storageOf(() => sessionStorage);

/**
 * Loads the page anew when the hub no longer serves the files that it was made of: it has been
 * updated, and the next view would fail to load. Does so once for each build, so that a hub whose
 * files are broken does not make the page load for ever.
 */
export async function reloadIfReplaced(): Promise<void> {
  if (storage.getItem(KEY) === OWN_FILE || (await statusOf(OWN_FILE)) !== 404) return;
  storage.setItem(KEY, OWN_FILE);
  location.reload();
}

/** Loads the page anew when the hub serves it: a page that is not there would never come back. */
export async function reloadIfServed(): Promise<void> {
  if ((await statusOf(location.href)) === 200) location.reload();
}

/** The status that a file is answered with; undefined while the hub is away. */
async function statusOf(url: string): Promise<number | undefined> {
  try {
    return (await fetch(url, { method: 'HEAD', cache: 'no-store' })).status;
  } catch {
    // Whoever asks tries again later.
    return undefined;
  }
}
