import type { UserSettingSaid } from './events.js';
import type { Occurrence } from './occurrences.js';
import type { UserPresence } from './user-presence.js';

/** That a setting changed: one that is told again as it was is no news. */
export function settingChanged(before: UserPresence, said: UserSettingSaid): Occurrence[] {
  const { at, userId, setting: keyword, enabled, destination } = said;
  const known = before.settings[keyword];
  if (known?.enabled === enabled && known.destination === destination) return [];
  const about = { kind: 'user-setting-changed' as const, at, userId, keyword };
  const switched = String(enabled);
  if (!keyword.startsWith('forwards.')) return [{ ...about, value: switched, values: null }];
  const values = { enabled: switched, destination };
  return [{ ...about, value: enabled ? destination : '', values }];
}
