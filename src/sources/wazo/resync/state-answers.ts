import type { Listing } from '../../listing.js';
import type { AgentdAgent } from '../rest/wazo-agentd.js';
import type { CalldCall } from '../rest/wazo-calld.js';
import type { ChatdPresence } from '../rest/wazo-chatd.js';
import type { ConfdUser } from '../rest/wazo-confd.js';
import { type AmiQueues, readChannels, readQueueStatus } from './ami-answers.js';
import { ChannelList } from './channel-list.js';
import { settle, type Settled } from './settle.js';
import type { ReadOrder, StatePart, StateServices } from './state-parts.js';

/** What the services say, each for itself. */
export interface StateAnswers {
  readonly queues: Settled<AmiQueues>;
  readonly channels: Settled<ChannelList>;
  readonly calls: Settled<Listing<CalldCall>>;
  readonly agents: Settled<Listing<AgentdAgent>>;
  readonly presences: Settled<Listing<ChatdPresence>>;
  readonly users: Settled<Listing<ConfdUser>>;
}

/** Asks all services that the order needs, side by side. Never rejects. */
export async function askServices(
  services: StateServices,
  { parts, queueNames }: ReadOrder,
): Promise<StateAnswers> {
  const { amid, agentd, calld, chatd, confd } = services;
  const wantsCalls = parts.has('calls');
  const wantsQueues = wantsCalls || parts.has('queues');
  const names = wantsQueues ? [] : [...queueNames];
  const [queues, channels, calls, agents, presences, users] = await Promise.all([
    settle(wantsQueues || names.length > 0, () => askQueues(amid, wantsQueues ? undefined : names)),
    settle(wantsCalls, () => askChannels(amid)),
    settle(wantsCalls, () => calld.calls()),
    settle(parts.has('agents'), () => agentd.agents()),
    settle(parts.has('presences'), () => chatd.presences()),
    settle(parts.has('settings'), () => confd.users()),
  ]);
  return { queues, channels, calls, agents, presences, users };
}

/** The parts of which something is missing, with what went wrong. */
export function failuresOf(answers: StateAnswers): ReadonlyMap<StatePart, unknown> {
  const { queues, channels, calls, agents, presences, users } = answers;
  const wantsCalls = channels.error !== undefined || channels.value !== undefined;
  const settled: readonly (readonly [StatePart, Settled<unknown>])[] = [
    [wantsCalls ? 'calls' : 'queues', queues],
    ['calls', channels],
    ['calls', calls],
    ['agents', agents],
    ['presences', presences],
    ['settings', users],
  ];
  return new Map(
    settled.flatMap(([part, { error }]) => (error === undefined ? [] : [[part, error]])),
  );
}

/** What was wrong with single entities, which are left out. */
export function unreadableOf(answers: StateAnswers): readonly string[] {
  const { queues, calls, agents, presences, users } = answers;
  return [queues, calls, agents, presences, users].flatMap(({ value }) => value?.unreadable ?? []);
}

type Amid = StateServices['amid'];

async function askQueues(amid: Amid, names: readonly string[] | undefined): Promise<AmiQueues> {
  const ask = async (parameters: Readonly<Record<string, string>>) =>
    readQueueStatus(await amid.action('QueueStatus', parameters));
  if (names === undefined) return ask({});
  const answers = await Promise.all(names.map((Queue) => ask({ Queue })));
  return {
    queues: answers.flatMap(({ queues }) => queues),
    unreadable: answers.flatMap(({ unreadable }) => unreadable),
  };
}

async function askChannels(amid: Amid): Promise<ChannelList> {
  return new ChannelList(readChannels(await amid.action('CoreShowChannels')));
}
