import { parseArgs } from 'node:util';
import type { TransportName } from '../../signalr/index.js';
import { type OptionSpecs, UsageError } from '../command.js';
import type { Io } from '../io.js';
import { JSON_OPTION } from '../json-output.js';
import { decimalNumber, wholeNumber } from '../numbers.js';
import type { LoginChoice } from './logins.js';
import { isLoopback } from './loopback.js';
import type { LoadPlan, Subscription } from './plan.js';
import type { Thresholds } from './thresholds.js';

const TRANSPORTS: ReadonlyMap<string, TransportName> = new Map([
  ['websockets', 'WebSockets'],
  ['server-sent-events', 'ServerSentEvents'],
  ['long-polling', 'LongPolling'],
]);

/** The options of the command. */
export const options = {
  user: { type: 'string', value: 'NAME', meaning: 'who logs in; the password is asked for' },
  password: {
    type: 'string',
    value: 'PASSWORD',
    meaning: 'of that user; or in LOAD_TEST_PASSWORD, where the list of processes does not show it',
  },
  users: {
    type: 'string',
    value: 'FILE',
    meaning: 'many users, among whom connections are dealt out: {"userName", "password"} a line',
  },
  token: {
    type: 'string',
    value: 'TOKEN',
    meaning: 'a token of the hub instead, not renewed; or in LOAD_TEST_TOKEN',
  },
  connections: { type: 'string', value: 'N', meaning: 'how many (100; up to 10,000)' },
  ramp: { type: 'string', value: 'N', meaning: 'connections begun each second (100)' },
  seconds: { type: 'string', value: 'S', meaning: 'how long is measured after that (30)' },
  transport: {
    type: 'string',
    value: 'NAME',
    meaning: 'websockets (the default), server-sent-events or long-polling',
  },
  protocol: { type: 'string', value: 'NAME', meaning: 'json (the default) or messagepack' },
  subscribe: {
    type: 'string',
    multiple: true,
    value: 'ENTITY:EVENT',
    meaning: 'what each connection subscribes to, several times if need be (*:*)',
  },
  'max-p99': {
    type: 'string',
    value: 'MS',
    meaning: 'end with 1 when the 99th percentile of delivery is longer',
  },
  'min-rate': { type: 'string', value: 'N', meaning: 'end with 1 when fewer events a second come' },
  'allow-host': {
    type: 'string',
    value: 'HOST',
    meaning: "the URL's host once more, when it is not this machine: you may put load on it",
  },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

type Values = ReturnType<typeof parse>['values'];

function parse(args: string[]) {
  return parseArgs({ args, options, allowPositionals: true });
}

/** What the arguments ask for, but for passwords, which may have to be asked for. */
export interface LoadArguments {
  readonly plan: Omit<LoadPlan, 'logins'>;
  readonly values: Values;
  readonly thresholds: Thresholds;
  readonly json: boolean;
}

/** @throws UsageError for what is wrong with them */
export function readArguments(args: string[]): LoadArguments {
  const { values, positionals } = parse(args);
  const [address, ...others] = positionals;
  if (address === undefined || others.length > 0) throw new UsageError('give one URL');
  return {
    plan: { ...planOf(values), base: baseOf(address, values['allow-host']) },
    values,
    thresholds: {
      maxP99: optional('max-p99', values, { min: 0.001, max: 3_600_000, unit: 'milliseconds' }),
      minRate: optional('min-rate', values, { min: 0, max: 1e9, unit: 'events per second' }),
    },
    json: values.json ?? false,
  };
}

function planOf(values: Values): Omit<LoadPlan, 'base' | 'logins'> {
  const { connections = '100', ramp = '100', seconds = '30' } = values;
  const transport = TRANSPORTS.get(values.transport ?? 'websockets');
  if (transport === undefined) {
    const names = [...TRANSPORTS.keys()].join(', ');
    throw new UsageError(`--transport ${String(values.transport)}: give one of ${names}`);
  }
  const protocol = values.protocol ?? 'json';
  if (protocol !== 'json' && protocol !== 'messagepack') {
    throw new UsageError(`--protocol ${protocol}: give json or messagepack`);
  }
  if (protocol === 'messagepack' && transport === 'ServerSentEvents') {
    throw new UsageError('--protocol messagepack: server-sent-events carry text only, give json');
  }
  return {
    connections: wholeNumber('connections', connections, { min: 1, max: 10_000, unit: 'numbers' }),
    perSecond: decimalNumber('ramp', ramp, { min: 0.1, max: 10_000, unit: 'connections' }),
    seconds: decimalNumber('seconds', seconds, { min: 0.1, max: 3600, unit: 'seconds' }),
    transport,
    protocol,
    subscriptions: (values.subscribe ?? ['*:*']).map((text) => subscriptionOf(text)),
  };
}

/** @throws UsageError for another host than this machine that is not allowed by name */
function baseOf(address: string, allowed: string | undefined): string {
  if (!URL.canParse(address)) throw new UsageError(`${address} is no URL: give http://host:port`);
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`${address}: give the base of the hub, with http:// or https://`);
  }
  if (!isLoopback(url) && allowed !== url.hostname) {
    throw new UsageError(
      `${url.hostname} is not this machine. A load test may bring down what others need: say with --allow-host ${url.hostname} that you may`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+(?:rte\/*)?$/u, '');
}

function subscriptionOf(text: string): Subscription {
  const { entityId, eventName } =
    /^(?<entityId>[^:]+):(?<eventName>[^:]+)$/u.exec(text)?.groups ?? {};
  if (entityId === undefined || eventName === undefined) {
    throw new UsageError(`--subscribe ${text}: give ENTITY:EVENT, such as '*:QueueStatus'`);
  }
  return { entityId, eventName };
}

function optional(
  option: 'max-p99' | 'min-rate',
  values: Values,
  range: Parameters<typeof decimalNumber>[2],
): number | undefined {
  const text = values[option];
  return text === undefined ? undefined : decimalNumber(option, text, range);
}

/** Who connects, by the arguments and the environment. @throws UsageError when nobody is named, or several */
export function loginOf({ user, password, users, token }: Values, io: Io): LoginChoice {
  const given = token ?? ((user ?? users) ? undefined : nonEmpty(io.env['LOAD_TEST_TOKEN']));
  const choices = [user, users, given].filter((choice) => choice !== undefined);
  if (choices.length !== 1) throw new UsageError('give one of --user, --users and --token');
  if (given !== undefined) return { kind: 'token', token: given };
  if (users !== undefined) return { kind: 'file', file: users };
  const known = password ?? nonEmpty(io.env['LOAD_TEST_PASSWORD']);
  return { kind: 'user', userName: user ?? '', password: known };
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
