import type { Environment, SettingFault } from './setting-fault.js';

/** Settings that mean nothing without an issuer. */
const OF_AN_ISSUER = [
  'RTE_OIDC_AUDIENCE',
  'RTE_OIDC_ALGORITHMS',
  'RTE_OIDC_USER_CLAIM',
  'RTE_OIDC_ORGANIZATION_CLAIM',
  'RTE_OIDC_ROLES_CLAIM',
  'RTE_OIDC_ROLES',
  'RTE_OIDC_CLIENT_ID',
  'RTE_OIDC_SCOPES',
  'RTE_OIDC_LABEL',
] as const;

/** Settings that mean nothing without the login on the pages. */
const OF_A_CLIENT = ['RTE_OIDC_SCOPES', 'RTE_OIDC_LABEL'] as const;

/** What must hold between the settings of an OpenID Connect issuer. */
export function oidcFaults(given: Environment): SettingFault[] {
  const issuer = given['RTE_OIDC_ISSUER'];
  if (issuer === undefined) {
    return without('RTE_OIDC_ISSUER', OF_AN_ISSUER, given);
  }
  return [
    ...missing(given, 'RTE_OIDC_AUDIENCE', 'RTE_OIDC_ISSUER'),
    ...(given['RTE_OIDC_ROLES'] === undefined
      ? []
      : missing(given, 'RTE_OIDC_ROLES_CLAIM', 'RTE_OIDC_ROLES')),
    ...(given['RTE_OIDC_ROLES_CLAIM'] === undefined
      ? []
      : missing(given, 'RTE_OIDC_ROLES', 'RTE_OIDC_ROLES_CLAIM')),
    ...(given['RTE_OIDC_CLIENT_ID'] === undefined
      ? without('RTE_OIDC_CLIENT_ID', OF_A_CLIENT, given)
      : []),
    ...(given['NODE_ENV'] === 'production' && issuer.startsWith('http:') ? [OPEN_LINE] : []),
  ];
}

/** Those of the names that are set in vain, since what they belong to is not. */
function without(
  owner: string,
  names: readonly SettingFault['name'][],
  given: Environment,
): SettingFault[] {
  return names
    .filter((name) => given[name] !== undefined)
    .map((name) => ({
      name,
      message: `${name} is set without ${owner}: set that or remove ${name}`,
    }));
}

function missing(given: Environment, name: string, beside: string): SettingFault[] {
  if (given[name] !== undefined) return [];
  return [
    { name, message: `${name} is not set, but ${beside} needs it: set it or remove ${beside}` },
  ];
}

const OPEN_LINE: SettingFault = {
  name: 'RTE_OIDC_ISSUER',
  message:
    'RTE_OIDC_ISSUER is an http URL: whoever is between the hub and the issuer could give it keys of theirs; give an https URL',
};
