import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { baseUrl, commaList, flag, oneOf, plainUrl, text, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

const setting = settingGroup('PortSIP');

/** The settings of this group, by the name of their environment variable. */
export const portsipSchema = z.object({
  PORTSIP_WSI_URL: setting(plainUrl(['wss'], 'wss://pbx.example:8887/wsi'), {
    meaning: "the PBX's WSI: wss://pbx.example:8887/wsi, wss://pbx.example:8885 before version 22",
    defaultText: '-',
    secrecy: 'url-password',
  }),
  PORTSIP_API_URL: setting(baseUrl(['https'], 'https://pbx.example:8887/api'), {
    meaning:
      "the PBX's REST API, as https://pbx.example:8887/api: the directory is read there; takes PORTSIP_USERNAME",
    defaultText: '-',
  }),
  PORTSIP_USERNAME: setting(text('give the name of a user of the PBX'), {
    meaning:
      "user the hub logs in as: a tenant's with PORTSIP_DOMAIN, else an administrator of the PBX",
    defaultText: '-',
  }),
  PORTSIP_EXTENSION: setting(text('give the number of an extension'), {
    meaning: 'extension the hub logs in as, instead of PORTSIP_USERNAME; goes with PORTSIP_DOMAIN',
    defaultText: '-',
  }),
  PORTSIP_PASSWORD: setting(text('give the password of that user or extension'), {
    meaning: 'password of that user; of an extension it is the SIP password',
    defaultText: '-',
    secrecy: 'secret',
  }),
  PORTSIP_DOMAIN: setting(text('give the SIP domain of the tenant'), {
    meaning: "SIP domain of the login's tenant",
    defaultText: '-',
  }),
  PORTSIP_TENANTS: setting(
    commaList(
      z.string().regex(/^\d{1,30}$/u, 'give ids of tenants, which are numbers'),
      'name a tenant',
    ),
    {
      meaning: 'ids of the tenants an administrator of the PBX watches, comma list',
      defaultText: '-',
    },
  ),
  PORTSIP_WRAP_UP_SECONDS: setting(wholeNumber(0, 3600, 'seconds'), {
    meaning: 'wrap-up of a queue that neither PBX nor directory file tell it of',
    defaultText: String(DEFAULTS.portsipWrapUpSeconds),
  }),
  PORTSIP_BUSINESS_TRIP: setting(oneOf(['Away', 'OffWork']), {
    meaning: 'availability of who is on a business trip; OffWork gets no service calls',
    defaultText: DEFAULTS.portsipBusinessTrip,
  }),
  PORTSIP_TLS_INSECURE: setting(flag(), {
    meaning: 'take any certificate of the PBX; better name its authority in NODE_EXTRA_CA_CERTS',
    defaultText: 'false',
  }),
});

type PortsipValues = z.infer<typeof portsipSchema>;

/** How a PortSIP PBX is read. */
export interface PortsipSettings {
  readonly wsiUrl: string;
  readonly tlsInsecure: boolean;
  readonly credentials: PortsipCredentials;
  /** Ids of the tenants that an administrator watches; empty for a tenant's login. */
  readonly tenants: readonly string[];
  /** What the mapping of the PBX's messages leaves open. */
  readonly rules: {
    /** Of a queue whose wrap-up time neither PBX nor directory file tell. */
    readonly wrapUpSeconds: number;
    readonly businessTrip: 'Away' | 'OffWork';
  };
  /** The REST API; undefined when the hub has only WSI. */
  readonly rest: PortsipRestSettings | undefined;
}

interface PortsipRestSettings {
  /** Without trailing slash. */
  readonly url: string;
  readonly credentials: Exclude<PortsipCredentials, { readonly kind: 'extension' }>;
}

/** The ways to log in; the password of an extension is its SIP password. */
type PortsipCredentials = { readonly password: string } & (
  | { readonly kind: 'administrator'; readonly username: string }
  | { readonly kind: 'user'; readonly username: string; readonly domain: string }
  | { readonly kind: 'extension'; readonly extensionNumber: string; readonly domain: string }
);

/** Undefined without PortSIP. The cross-field rules see to it that what belongs together is given. */
export function portsipSettings(values: PortsipValues): PortsipSettings | undefined {
  const credentials = portsipCredentials(values);
  if (values.PORTSIP_WSI_URL === undefined || credentials === undefined) return undefined;
  return {
    wsiUrl: values.PORTSIP_WSI_URL,
    tlsInsecure: values.PORTSIP_TLS_INSECURE ?? false,
    credentials,
    tenants: values.PORTSIP_TENANTS ?? [],
    rules: {
      wrapUpSeconds: values.PORTSIP_WRAP_UP_SECONDS ?? DEFAULTS.portsipWrapUpSeconds,
      businessTrip: values.PORTSIP_BUSINESS_TRIP ?? DEFAULTS.portsipBusinessTrip,
    },
    rest: portsipRestSettings(values.PORTSIP_API_URL, credentials),
  };
}

/** The cross-field rules see to it that it is no extension that logs in. */
function portsipRestSettings(
  url: string | undefined,
  credentials: PortsipCredentials,
): PortsipRestSettings | undefined {
  if (url === undefined || credentials.kind === 'extension') return undefined;
  return { url, credentials };
}

function portsipCredentials(values: PortsipValues): PortsipCredentials | undefined {
  const {
    PORTSIP_USERNAME: username,
    PORTSIP_EXTENSION: extensionNumber,
    PORTSIP_PASSWORD: password,
    PORTSIP_DOMAIN: domain,
  } = values;
  if (password === undefined) return undefined;
  if (username !== undefined) {
    if (domain === undefined) return { kind: 'administrator', username, password };
    return { kind: 'user', username, password, domain };
  }
  if (extensionNumber === undefined || domain === undefined) return undefined;
  return { kind: 'extension', extensionNumber, password, domain };
}
