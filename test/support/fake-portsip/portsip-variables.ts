import type { MappingRules } from '../../../src/sources/portsip/mapping/translation.js';
import type { FakePbx } from './fake-pbx.js';

/** As the settings have them unless told otherwise. */
export const DEFAULT_RULES: MappingRules = { wrapUpSeconds: 30, businessTrip: 'Away' };

/** The settings that lead a hub to a fake PBX and its directory, with changes showing at once. */
export function portsipVariables(
  pbx: Pick<FakePbx, 'wsiUrl' | 'apiUrl' | 'tenant'>,
): Record<string, string> {
  return {
    PORTSIP_WSI_URL: pbx.wsiUrl,
    PORTSIP_API_URL: pbx.apiUrl,
    PORTSIP_USERNAME: 'wilma',
    PORTSIP_PASSWORD: 'user-200',
    PORTSIP_DOMAIN: pbx.tenant.domain,
    PORTSIP_TLS_INSECURE: 'true',
    RTE_QUEUE_STATUS_INTERVAL_MS: '10',
    RTE_USER_STATUS_INTERVAL_MS: '10',
  };
}
