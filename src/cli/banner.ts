import type { Settings } from '../config/index.js';
import { DEMO_LOGIN, DEMO_USER_NAMES } from '../directory/index.js';
import { endpointUrls, type Address } from '../http/index.js';

/** What `serve` tells the person at the terminal, line by line. */
export function bannerLines(settings: Settings, address: Address): string[] {
  const { endpointScheme, publicUrl } = settings.http;
  const base = publicUrl ?? address.url;
  const demo = settings.directoryFile === undefined && settings.withoutDirectoryFile === 'demo';
  const login = demo ? `${DEMO_LOGIN.userName}:${DEMO_LOGIN.password}` : 'USERNAME';
  return [
    `rte-hub listens on ${address.url}`,
    `  wallboard:  ${base}/`,
    `  hub:        ${endpointUrls(base, endpointScheme).wssEndpoint}`,
    `  token:      curl -u ${login} ${base}/token/me/rte/`,
    `  sources:    ${settings.sources.join(', ')}`,
    ...(demo ? demoLines() : []),
  ];
}

function demoLines(): string[] {
  const logins = Object.entries(DEMO_USER_NAMES).map(([role, name]) => `${name} (${role})`);
  return [
    `  log in as:  ${logins.join(', ')}; password: ${DEMO_LOGIN.password}`,
    '',
    '  *** DEMO DATA with logins that everybody knows. For your own: set RTE_DIRECTORY. ***',
  ];
}
