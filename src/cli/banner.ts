import type { Settings } from '../config/index.js';
import { DEMO_LOGIN } from '../directory/index.js';
import { endpointUrls, type Address } from '../http/index.js';

/** What `serve` tells the person at the terminal, line by line. */
export function bannerLines(settings: Settings, address: Address): string[] {
  const { endpointScheme, publicUrl } = settings.http;
  const base = publicUrl ?? address.url;
  const demo = settings.directoryFile === undefined && settings.withoutDirectoryFile === 'demo';
  const login = demo ? `${DEMO_LOGIN.userName}:${DEMO_LOGIN.password}` : 'USERNAME';
  return [
    `rte-hub listens on ${address.url}`,
    `  hub:      ${endpointUrls(base, endpointScheme).wssEndpoint}`,
    `  token:    curl -u ${login} ${base}/token/me/rte/`,
    `  sources:  ${settings.sources.join(', ')}`,
    ...(demo ? demoLines() : []),
  ];
}

function demoLines(): string[] {
  const { userName, password } = DEMO_LOGIN;
  return [
    `  login:    ${userName} / ${password}`,
    '',
    '  *** DEMO DATA with a login that everybody knows. For your own: set RTE_DIRECTORY. ***',
  ];
}
