import type { Environment, SettingFault } from './setting-fault.js';
import { oidcFaults } from './oidc-rules.js';
import { mentionsPortsip, portsipFaults } from './portsip-rules.js';
import { settingsSchema } from './settings-schema.js';
import { sourcesOf, type SourceName } from './sources.js';

/**
 * What must hold between variables. Works on the raw text, so that these faults are reported
 * together with those of single variables.
 */
export function crossFieldFaults(given: Environment): SettingFault[] {
  return [
    ...signingKeyFaults(given),
    ...oidcFaults(given),
    ...sourceFaults(given),
    ...wazoRestFaults(given),
  ];
}

/** REST needs all three: half of them would look like a working set-up and give nothing. */
function wazoRestFaults(given: Environment): SettingFault[] {
  const names = ['WAZO_URL', 'WAZO_USERNAME', 'WAZO_PASSWORD'] as const;
  const missing = names.filter((name) => given[name] === undefined);
  if (missing.length === names.length) return [];
  const present = names.filter((name) => !missing.includes(name)).join(' and ');
  return missing.map((name) => ({
    name,
    message: `${name} is not set, but Wazo's REST services need it beside ${present}: set it or remove ${present}`,
  }));
}

function signingKeyFaults(given: Environment): SettingFault[] {
  return (['RTE_SIGNING_KEY', 'RTE_SIGNING_KEY_PREVIOUS'] as const)
    .filter((name) => given[name] !== undefined && given[`${name}_FILE`] !== undefined)
    .map((name) => ({
      name: `${name}_FILE` as const,
      message: `${name}_FILE and ${name} are both set: remove one of them`,
    }));
}

function sourceFaults(given: Environment): SettingFault[] {
  const named = settingsSchema.shape.RTE_SOURCES.safeParse(given['RTE_SOURCES']);
  if (!named.success) return [];
  const sources = sourcesOf({
    RTE_SOURCES: named.data,
    WAZO_AMQP_URL: given['WAZO_AMQP_URL'],
    PORTSIP_WSI_URL: given['PORTSIP_WSI_URL'],
  });
  const isPortsip = sources.includes('portsip') || mentionsPortsip(given);
  return [
    ...(sources.includes('wazo') ? wazoFaults(given) : []),
    ...(isPortsip ? portsipFaults(given) : []),
    ...directoryFaults(given, sources),
  ];
}

function wazoFaults(given: Environment): SettingFault[] {
  if (given['WAZO_AMQP_URL'] !== undefined) return [];
  return [
    {
      name: 'WAZO_AMQP_URL',
      message:
        'WAZO_AMQP_URL is not set, but RTE_SOURCES names wazo: give the address of its RabbitMQ, for instance amqp://guest:guest@127.0.0.1:5672/',
    },
  ];
}

function directoryFaults(given: Environment, sources: readonly SourceName[]): SettingFault[] {
  if (given['RTE_DIRECTORY'] !== undefined) return [];
  const tells = new Set<SourceName>([
    'simulator',
    ...(given['WAZO_URL'] === undefined ? [] : (['wazo'] as const)),
    ...(given['PORTSIP_API_URL'] === undefined ? [] : (['portsip'] as const)),
  ]);
  const needy = sources.filter((source) => !tells.has(source));
  if (needy.length === 0) return [];
  const wazo = needy.includes('wazo') ? ', or WAZO_URL to read it from Wazo' : '';
  const portsip = needy.includes('portsip') ? ', or PORTSIP_API_URL to read it from the PBX' : '';
  return [
    {
      name: 'RTE_DIRECTORY',
      message: `RTE_DIRECTORY is not set, but the source ${needy.join(' and ')} needs a directory: give the path of a directory file${wazo}${portsip}`,
    },
  ];
}
