import { AGENT_GROUPS } from './agent-state.js';
import { type BoardOptions, type ChosenOptions, ORDERS, SECTIONS } from './board-options.js';
import type { Limits } from './severity.js';
import { areLimits } from './thresholds.js';

/** A part of the address that is wrong, and is ignored. */
export interface AddressFault {
  readonly parameter: string;
  readonly value: string;
  readonly problem:
    | { readonly kind: 'unknown-parameter' }
    /** See areLimits. */
    | { readonly kind: 'not-limits' }
    | { readonly kind: 'not-seconds'; readonly least: number; readonly most: number }
    | { readonly kind: 'not-one-of'; readonly allowed: readonly string[] };
}

/** What the address of a page says about the board. */
export interface AddressOptions {
  readonly chosen: ChosenOptions;
  readonly faults: readonly AddressFault[];
}

type Reading = { readonly chosen: ChosenOptions } | { readonly problem: AddressFault['problem'] };

const YES_OR_NO = ['1', '0'] as const;

/** A page that changes faster can't be read; slower than ten minutes is hardly a change. */
const PAGE_SECONDS = { least: 5, most: 600 } as const;

/** What each parameter means. Lists have commas: `queues=Sales,Support&waiting=3,6`. */
const PARAMETERS: Readonly<Record<string, (value: string) => Reading>> = {
  queues: (value) => ({ chosen: { queues: itemsOf(value) } }),
  show: (value) => readChoices(value, SECTIONS, (sections) => ({ sections })),
  agents: (value) => readChoices(value, AGENT_GROUPS, (agents) => ({ agents })),
  order: (value) => readChoice(value, ORDERS, (order) => ({ order })),
  group: (value) => readChoice(value, YES_OR_NO, (one) => ({ isGrouped: one === '1' })),
  page: readPageSeconds,
  waiting: (value) => readLimits(value, (waiting) => ({ waiting })),
  wait: (value) => readLimits(value, (waitSeconds) => ({ waitSeconds })),
  overdue: (value) => readLimits(value, (overdue) => ({ overdue })),
};

/**
 * Reads the query of the board's address; what is wrong is named and left out.
 * @param search e.g. `?queues=Sales,Support&waiting=3,6&wait=30,60&show=queues,agents`
 * @param others parameters that are not the board's
 */
export function readAddress(search: string, others: readonly string[] = []): AddressOptions {
  let chosen: ChosenOptions = {};
  const faults: AddressFault[] = [];
  for (const [parameter, value] of new URLSearchParams(search)) {
    if (others.includes(parameter)) continue;
    const read = Object.hasOwn(PARAMETERS, parameter) ? PARAMETERS[parameter] : undefined;
    const reading = read?.(value) ?? { problem: { kind: 'unknown-parameter' as const } };
    if ('chosen' in reading) chosen = { ...chosen, ...reading.chosen };
    else faults.push({ parameter, value, problem: reading.problem });
  }
  return { chosen, faults };
}

/** The query of an address that shows the board like this; what is as without it is left out. */
export function formatAddress(options: BoardOptions, defaults: BoardOptions): string {
  const parts: [string, string, string][] = [
    ['queues', options.queues.join(), defaults.queues.join()],
    ['show', options.sections.join(), defaults.sections.join()],
    ['agents', options.agents.join(), defaults.agents.join()],
    ['order', options.order, defaults.order],
    ['group', flagOf(options.isGrouped), flagOf(defaults.isGrouped)],
    ['page', String(options.pageSeconds), String(defaults.pageSeconds)],
    ['waiting', limitsOf(options.waiting), limitsOf(defaults.waiting)],
    ['wait', limitsOf(options.waitSeconds), limitsOf(defaults.waitSeconds)],
    ['overdue', limitsOf(options.overdue), limitsOf(defaults.overdue)],
  ];
  const different = parts
    .filter(([, value, usual]) => value !== usual)
    .map(([name, value]): [string, string] => [name, value]);
  const query = new URLSearchParams(different).toString().replaceAll('%2C', ',');
  return query === '' ? '' : `?${query}`;
}

function readLimits(value: string, choose: (limits: Limits) => ChosenOptions): Reading {
  const [warning, critical, ...more] = value.split(',').map(wholeNumber);
  const limits = { warning: warning ?? Number.NaN, critical: critical ?? Number.NaN };
  if (more.length > 0 || !areLimits(limits)) return { problem: { kind: 'not-limits' } };
  return { chosen: choose(limits) };
}

function readPageSeconds(value: string): Reading {
  const pageSeconds = wholeNumber(value);
  const { least, most } = PAGE_SECONDS;
  const isRight = pageSeconds >= least && pageSeconds <= most;
  return isRight ? { chosen: { pageSeconds } } : { problem: { kind: 'not-seconds', least, most } };
}

/** NaN for what is none. */
function wholeNumber(text: string): number {
  return /^\d{1,6}$/u.test(text.trim()) ? Number(text) : Number.NaN;
}

function readChoice<const Choice extends string>(
  value: string,
  allowed: readonly Choice[],
  choose: (choice: Choice) => ChosenOptions,
): Reading {
  const choice = allowed.find((one) => one === value.trim().toLowerCase());
  return choice === undefined
    ? { problem: { kind: 'not-one-of', allowed } }
    : { chosen: choose(choice) };
}

/** In the order of `allowed`, whatever theirs is. */
function readChoices<const Choice extends string>(
  value: string,
  allowed: readonly Choice[],
  choose: (choices: readonly Choice[]) => ChosenOptions,
): Reading {
  const items = itemsOf(value).map((item) => item.toLowerCase());
  const choices = allowed.filter((one) => items.includes(one));
  const isWrong = items.length === 0 || items.some((item) => !isAmong(item, allowed));
  return isWrong ? { problem: { kind: 'not-one-of', allowed } } : { chosen: choose(choices) };
}

function isAmong(item: string, allowed: readonly string[]): boolean {
  return allowed.includes(item);
}

function itemsOf(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function flagOf(isSet: boolean): string {
  return isSet ? '1' : '0';
}

function limitsOf({ warning, critical }: Limits): string {
  return `${String(warning)},${String(critical)}`;
}
