import type { Environment, SettingFault } from './setting-fault.js';

const NAMES = [
  'PORTSIP_WSI_URL',
  'PORTSIP_API_URL',
  'PORTSIP_USERNAME',
  'PORTSIP_EXTENSION',
  'PORTSIP_PASSWORD',
  'PORTSIP_DOMAIN',
  'PORTSIP_TENANTS',
] as const;

type Name = (typeof NAMES)[number];

/** Whether anything of PortSIP is set, so that the rest has to be, too. */
export function mentionsPortsip(given: Environment): boolean {
  return NAMES.some((name) => given[name] !== undefined);
}

/**
 * What must hold between the settings of PortSIP. An extension has a setting of its own, since a user
 * may have digits as his name, and the two have different passwords: a guess would be refused by the
 * PBX with words that lead nowhere.
 */
export function portsipFaults(given: Environment): SettingFault[] {
  const isMissing = (name: Name) => given[name] === undefined;
  return [
    ...faultIf(
      isMissing('PORTSIP_WSI_URL'),
      'PORTSIP_WSI_URL',
      'is not set, but the source portsip needs it: give the address of the PBX, for instance wss://pbx.example:8887/wsi',
    ),
    ...loginFaults(isMissing),
    ...faultIf(
      isMissing('PORTSIP_PASSWORD'),
      'PORTSIP_PASSWORD',
      'is not set, but the source portsip needs it: give the password of PORTSIP_USERNAME, or the SIP password of PORTSIP_EXTENSION',
    ),
    ...scopeFaults(isMissing),
  ];
}

function loginFaults(isMissing: (name: Name) => boolean): SettingFault[] {
  const noUser = isMissing('PORTSIP_USERNAME');
  const noExtension = isMissing('PORTSIP_EXTENSION');
  return [
    ...faultIf(
      noUser && noExtension,
      'PORTSIP_USERNAME',
      'is not set, but the source portsip needs a login: give a user, or an extension in PORTSIP_EXTENSION',
    ),
    ...faultIf(
      !noUser && !noExtension,
      'PORTSIP_EXTENSION',
      'and PORTSIP_USERNAME are both set: remove one of them',
    ),
    ...faultIf(
      noUser && !noExtension && !isMissing('PORTSIP_API_URL'),
      'PORTSIP_API_URL',
      'is set beside PORTSIP_EXTENSION, but the REST API takes no extension: give a user in PORTSIP_USERNAME instead, or remove one of them',
    ),
  ];
}

/** With a domain the login is of one tenant, without it is the PBX's administrator. */
function scopeFaults(isMissing: (name: Name) => boolean): SettingFault[] {
  const noDomain = isMissing('PORTSIP_DOMAIN');
  const noTenants = isMissing('PORTSIP_TENANTS');
  const isAdministrator = noDomain && !isMissing('PORTSIP_USERNAME');
  return [
    ...faultIf(
      noDomain && !isMissing('PORTSIP_EXTENSION'),
      'PORTSIP_DOMAIN',
      'is not set, but PORTSIP_EXTENSION is: give the SIP domain of its tenant',
    ),
    ...faultIf(
      isAdministrator && noTenants,
      'PORTSIP_TENANTS',
      'is not set, and neither is PORTSIP_DOMAIN: give the ids of the tenants to watch as an administrator of the PBX, or the SIP domain of the user',
    ),
    ...faultIf(
      !noDomain && !noTenants,
      'PORTSIP_TENANTS',
      'is set beside PORTSIP_DOMAIN, but a login of a tenant sees that tenant only: remove one of them',
    ),
  ];
}

function faultIf(isWrong: boolean, name: Name, problem: string): SettingFault[] {
  return isWrong ? [{ name, message: `${name} ${problem}` }] : [];
}
