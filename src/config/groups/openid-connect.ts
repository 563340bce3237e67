import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { commaList, oneOf, plainUrl, roleMapping, scopeList, text } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

/** Asymmetric ones only: with a shared secret the hub could make tokens itself (RFC 8725, section 3.1). */
const OIDC_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

const setting = settingGroup('OpenID Connect');

/** The settings of this group, by the name of their environment variable. */
export const openIdConnectSchema = z.object({
  RTE_OIDC_ISSUER: setting(plainUrl(['https', 'http'], 'https://login.example/realms/acme'), {
    meaning: 'issuer whose tokens are taken as Bearer, exactly as it names itself',
    defaultText: '-',
  }),
  RTE_OIDC_AUDIENCE: setting(text('give the audience that tokens for the hub have'), {
    meaning: 'audience (`aud`) that tokens must have; goes with RTE_OIDC_ISSUER',
    defaultText: '-',
  }),
  RTE_OIDC_ALGORITHMS: setting(commaList(oneOf(OIDC_ALGORITHMS), 'name at least one'), {
    meaning: `algorithms that tokens may be signed with, comma list of ${OIDC_ALGORITHMS.join(', ')}`,
    defaultText: DEFAULTS.oidcAlgorithms.join(','),
  }),
  RTE_OIDC_USER_CLAIM: setting(text('give the name of a claim'), {
    meaning: 'claim that has the id or the user name of the directory',
    defaultText: 'sub for the id, then preferred_username for the user name',
  }),
  RTE_OIDC_ORGANIZATION_CLAIM: setting(text('give the name of a claim'), {
    meaning: "claim that must have the id of the user's organization",
    defaultText: '-',
  }),
  RTE_OIDC_ROLES_CLAIM: setting(text('give the name of a claim, such as realm_access.roles'), {
    meaning: 'claim, or names of claims between dots, that has roles; goes with RTE_OIDC_ROLES',
    defaultText: "the directory's roles",
  }),
  RTE_OIDC_ROLES: setting(commaList(roleMapping(), 'map at least one value'), {
    meaning:
      'which values of that claim are which role, as rte-leads=supervisor,rte-admins=admin; the highest counts',
    defaultText: '-',
  }),
  RTE_OIDC_CLIENT_ID: setting(text('give the id of the client, such as rte-hub'), {
    meaning:
      'public client as which the hub is registered with the issuer: people log in with the issuer on the pages',
    defaultText: '-',
  }),
  RTE_OIDC_SCOPES: setting(scopeList(), {
    meaning:
      'scopes that are asked for on the pages, between blanks; offline_access keeps a login over a night',
    defaultText: DEFAULTS.oidcScopes.join(' '),
  }),
  RTE_OIDC_LABEL: setting(text('give the text of a button, such as Log in with Acme'), {
    meaning: 'text of the button on the pages',
    defaultText: DEFAULTS.oidcLabel,
  }),
});

/** The issuer whose tokens are taken. */
export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly userClaim: string | undefined;
  readonly organizationClaim: string | undefined;
  readonly rolesClaim: string | undefined;
  /** By value of that claim. */
  readonly roles: ReadonlyMap<string, 'agent' | 'supervisor' | 'admin'>;
  /** The login on the hub's pages; undefined without a client id. */
  readonly signIn:
    | {
        readonly clientId: string;
        readonly scopes: readonly string[];
        /** The text of its button. */
        readonly label: string;
      }
    | undefined;
}

/** Undefined without an issuer. The cross-field rules see to it that issuer and audience are given together. */
export function oidcSettings(
  values: z.infer<typeof openIdConnectSchema>,
): OidcSettings | undefined {
  const { RTE_OIDC_ISSUER: issuer, RTE_OIDC_AUDIENCE: audience } = values;
  if (issuer === undefined || audience === undefined) return undefined;
  return {
    issuer,
    audience,
    algorithms: values.RTE_OIDC_ALGORITHMS ?? DEFAULTS.oidcAlgorithms,
    userClaim: values.RTE_OIDC_USER_CLAIM,
    organizationClaim: values.RTE_OIDC_ORGANIZATION_CLAIM,
    rolesClaim: values.RTE_OIDC_ROLES_CLAIM,
    roles: new Map(values.RTE_OIDC_ROLES?.map(({ value, role }) => [value, role])),
    signIn: signInSettings(values),
  };
}

function signInSettings(values: z.infer<typeof openIdConnectSchema>): OidcSettings['signIn'] {
  const { RTE_OIDC_CLIENT_ID: clientId, RTE_OIDC_SCOPES: scopes, RTE_OIDC_LABEL: label } = values;
  if (clientId === undefined) return undefined;
  return {
    clientId,
    scopes: scopes ?? DEFAULTS.oidcScopes,
    label: label ?? DEFAULTS.oidcLabel,
  };
}
