export { collectingLists, listsClosedByAnswer } from './collecting-lists.js';
export { DEMO_LOGIN, DEMO_USER_NAMES, demoDirectoryFile } from './demo-directory.js';
export { DirectoryError, formatFault } from './faults.js';
export type { DirectoryFileInput } from './file-schema.js';
export { directoryLoader } from './load-directory.js';
export { parseDirectory, type DirectoryOptions } from './parse-directory.js';
export {
  openDirectory,
  type DirectoryLog,
  type ReloadableDirectory,
} from './reloadable-directory.js';
