import type { Availability } from '../../contact-center/index.js';

const CHATD: Readonly<Record<string, Availability>> = {
  available: 'Available',
  away: 'Away',
  unavailable: 'Away',
  // Whoever is invisible must not show as such: the same as unavailable.
  invisible: 'Away',
};

/** Presences that users of XiVO clients could choose (until 19.03). */
const LEGACY: Readonly<Record<string, Availability>> = {
  available: 'Available',
  away: 'Away',
  outtolunch: 'Away',
  berightback: 'BRB',
  busy: 'Busy',
  donotdisturb: 'DoNotDisturb',
  disconnected: 'Away',
};

/** RTE's word for a state of wazo-chatd; undefined for a word it does not have. */
export function availabilityOfChatd(state: string): Availability | undefined {
  return Object.hasOwn(CHATD, state) ? CHATD[state] : undefined;
}

/** RTE's word for a presence of a system before 19.05; undefined for a word it does not have. */
export function availabilityOfLegacy(status: string): Availability | undefined {
  return Object.hasOwn(LEGACY, status) ? LEGACY[status] : undefined;
}
