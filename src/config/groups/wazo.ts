import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { baseUrl, flag, oneOf, text, url, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

const setting = settingGroup('Wazo');

/** The settings of this group, by the name of their environment variable. */
export const wazoSchema = z.object({
  WAZO_AMQP_URL: setting(url(['amqp', 'amqps'], 'amqp://guest:guest@127.0.0.1:5672/'), {
    meaning: "Wazo's RabbitMQ, such as amqp://guest:guest@127.0.0.1:5672/",
    defaultText: '-',
    secrecy: 'url-password',
  }),
  WAZO_EXCHANGE: setting(text('give the name of an exchange'), {
    meaning: 'exchange the events are published to; xivo before Wazo 22',
    defaultText: DEFAULTS.wazoExchange,
  }),
  WAZO_EXCHANGE_TYPE: setting(oneOf(['headers', 'topic']), {
    meaning: 'type of that exchange; topic before Wazo 22',
    defaultText: DEFAULTS.wazoExchangeType,
  }),
  WAZO_QUEUE: setting(text('give the name of a queue'), {
    meaning: 'name of the durable queue the hub reads',
    defaultText: DEFAULTS.wazoQueue,
  }),
  WAZO_REORDER_WINDOW_MS: setting(wholeNumber(0, 5000, 'milliseconds'), {
    meaning: 'how long events that belong together are waited for',
    defaultText: String(DEFAULTS.wazoReorderWindowMs),
  }),
  WAZO_AUDIT_SECONDS: setting(wholeNumber(1, 600, 'seconds'), {
    meaning: 'how often queues are compared with what Asterisk has, when WAZO_URL is set',
    defaultText: String(DEFAULTS.wazoAuditSeconds),
  }),
  WAZO_URL: setting(baseUrl(['https', 'http'], 'https://wazo.example'), {
    meaning:
      "base of Wazo's REST services, as https://wazo.example, for directory and logins; goes with the next two",
    defaultText: '-',
  }),
  WAZO_USERNAME: setting(text('give the user name of the hub in wazo-auth'), {
    meaning: "the hub's own user in wazo-auth, of the master tenant",
    defaultText: '-',
  }),
  WAZO_PASSWORD: setting(text('give the password of that user'), {
    meaning: 'password of that user',
    defaultText: '-',
    secrecy: 'secret',
  }),
  WAZO_TLS_INSECURE: setting(flag(), {
    meaning: 'take any certificate of WAZO_URL; better name its authority in NODE_EXTRA_CA_CERTS',
    defaultText: 'false',
  }),
});

type WazoValues = z.infer<typeof wazoSchema>;

/** How Wazo is read. */
export interface WazoSettings {
  /** May contain a password. */
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  readonly queue: string;
  readonly reorderWindowMs: number;
  /** How often the state is compared with Wazo's, seconds. */
  readonly auditSeconds: number;
  /** Wazo's REST services; undefined when the hub has only the bus. */
  readonly rest: WazoRestSettings | undefined;
}

/** Wazo's REST services and the hub's login there. */
export interface WazoRestSettings {
  /** Base URL without trailing slash; the services are below it as behind Wazo's nginx. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Takes any certificate. */
  readonly tlsInsecure: boolean;
}

/** Completes what is set with the defaults; undefined without the bus. */
export function wazoSettings(values: WazoValues): WazoSettings | undefined {
  if (values.WAZO_AMQP_URL === undefined) return undefined;
  return {
    amqpUrl: values.WAZO_AMQP_URL,
    exchange: values.WAZO_EXCHANGE ?? DEFAULTS.wazoExchange,
    exchangeType: values.WAZO_EXCHANGE_TYPE ?? DEFAULTS.wazoExchangeType,
    queue: values.WAZO_QUEUE ?? DEFAULTS.wazoQueue,
    reorderWindowMs: values.WAZO_REORDER_WINDOW_MS ?? DEFAULTS.wazoReorderWindowMs,
    auditSeconds: values.WAZO_AUDIT_SECONDS ?? DEFAULTS.wazoAuditSeconds,
    rest: wazoRestSettings(values),
  };
}

/** Undefined without REST. The cross-field rules see to it that the three are given together. */
export function wazoRestSettings(values: WazoValues): WazoRestSettings | undefined {
  const { WAZO_URL, WAZO_USERNAME: username, WAZO_PASSWORD: password } = values;
  if (WAZO_URL === undefined || username === undefined || password === undefined) return undefined;
  return {
    url: WAZO_URL,
    username,
    password,
    tlsInsecure: values.WAZO_TLS_INSECURE ?? false,
  };
}
