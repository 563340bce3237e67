import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { baseUrl, commaList, flag, network, oneOf, origin, text, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

const setting = settingGroup('Listening');

/** The settings of this group, by the name of their environment variable. */
export const listeningSchema = z.object({
  RTE_HOST: setting(text('give a host name or an IP address to listen on'), {
    meaning: 'address to listen on',
    defaultText: DEFAULTS.host,
  }),
  RTE_PORT: setting(wholeNumber(0, 65_535, '0 takes a free port'), {
    meaning: 'port to listen on; 0 takes a free one, printed at start',
    defaultText: String(DEFAULTS.port),
  }),
  RTE_PUBLIC_URL: setting(baseUrl(['http', 'https'], 'https://rte.example'), {
    meaning: 'base of the URLs handed out',
    defaultText: 'from the request',
  }),
  RTE_TRUST_PROXY: setting(commaList(network(), 'name at least one address'), {
    meaning:
      'addresses or networks of reverse proxies whose X-Forwarded-For, -Proto and -Host are believed, comma list',
    defaultText: '-',
  }),
  RTE_ENDPOINT_SCHEME: setting(oneOf(['wss', 'https']), {
    meaning: 'scheme of WssEndpoint: wss (ws without TLS) or https (http without TLS)',
    defaultText: DEFAULTS.endpointScheme,
  }),
  RTE_LEGACY_WSSENDPOINT: setting(flag(), {
    meaning: 'also answer WSSEndpoint, for clients of 2021 and 2022',
    defaultText: 'false',
  }),
  RTE_ALLOWED_ORIGINS: setting(commaList(origin(), 'name at least one origin'), {
    meaning: 'exact origins of other web pages that may connect and use REST, comma list',
    defaultText: 'same origin',
  }),
});

/** Where the hub listens, and what it tells and believes of addresses. */
export interface HttpSettings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Base of the URLs handed out, without trailing slash; undefined takes the request's host. */
  readonly publicUrl: string | undefined;
  readonly endpointScheme: 'wss' | 'https';
  readonly legacyWssEndpoint: boolean;
  /** Exact foreign origins; empty means same origin only. */
  readonly allowedOrigins: readonly string[];
  /** IP addresses and networks of proxies that say truly where a request comes from. */
  readonly trustedProxies: readonly string[];
}

/** Completes what is set with the defaults. */
export function httpSettings(values: z.infer<typeof listeningSchema>): HttpSettings {
  return {
    host: values.RTE_HOST ?? DEFAULTS.host,
    port: values.RTE_PORT ?? DEFAULTS.port,
    publicUrl: values.RTE_PUBLIC_URL,
    endpointScheme: values.RTE_ENDPOINT_SCHEME ?? DEFAULTS.endpointScheme,
    legacyWssEndpoint: values.RTE_LEGACY_WSSENDPOINT ?? false,
    allowedOrigins: values.RTE_ALLOWED_ORIGINS ?? [],
    trustedProxies: values.RTE_TRUST_PROXY ?? [],
  };
}
