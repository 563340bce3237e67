import type { Fetch } from './fetch.js';
import { openHubLink, type OpenHubLink } from './hub-link.js';
import { onWake } from './wake-ups.js';

/** What the client takes from its surroundings; tests put in their own. */
export interface Environment {
  readonly fetch: Fetch;
  /** Epoch ms. */
  readonly now: () => number;
  /** From 0 up to 1, without 1. */
  readonly random: () => number;
  /** Acts after so many milliseconds. @returns what calls it off */
  readonly after: (ms: number, act: () => void) => () => void;
  /** Acts when the machine has woken up, or the network come back. @returns what calls it off */
  readonly onWake: (act: () => void) => () => void;
  readonly openLink: OpenHubLink;
}

/** Browsers and Node. */
export function systemEnvironment(): Environment {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    random: () => Math.random(),
    after: (ms, act) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
    onWake,
    openLink: openHubLink,
  };
}
