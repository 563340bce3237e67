export { envExample, settingsTable } from './documentation.js';
export { readEnvironment } from './environment.js';
export { loadSettings } from './load-settings.js';
export { printSettings } from './print-settings.js';
export type { Environment, SettingFault } from './setting-fault.js';
export type { Settings } from './settings.js';
