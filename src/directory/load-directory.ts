import { demoDirectoryFile } from './demo-directory.js';
import { parseDirectory, type DirectoryOptions } from './parse-directory.js';
import { readDirectoryFile } from './read-directory-file.js';
import type { DirectoryLoader } from './reloadable-directory.js';

/** What there is without a file: nobody, since a telephony system tells, or the demo directory. */
type WithoutFile = 'empty' | 'demo';

/**
 * The loader of the directory that the settings name.
 * @param file path of the directory file; undefined takes what `withoutFile` says
 */
export function directoryLoader(
  file: string | undefined,
  options: DirectoryOptions & { readonly withoutFile?: WithoutFile },
): DirectoryLoader {
  if (file !== undefined) return () => readDirectoryFile(file, options);
  if (options.withoutFile === 'empty') {
    return () => parseDirectory({ organizations: [], users: [] }, options);
  }
  // The demo login is public on purpose and announced at start, so production may show it too.
  return async () => {
    const parsed = await parseDirectory(demoDirectoryFile, { ...options, production: false });
    return parsed.ok ? { ...parsed, warnings: [] } : parsed;
  };
}
