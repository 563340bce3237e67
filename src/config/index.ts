export { envExample, settingsTable } from './documentation.js';
export { readEnvironment } from './environment.js';
export { loadSettings } from './load-settings.js';
export { shownSettings, type ShownSetting } from './shown-settings.js';
export type { Environment, SettingFault } from './setting-fault.js';
export type { Settings } from './settings.js';
export { nearestName } from './unknown-names.js';
