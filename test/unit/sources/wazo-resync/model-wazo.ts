import { acme, ann, bob, people } from '../../../support/directory-fixture.js';
import { fakeUser } from '../../../support/fake-wazo/entities.js';
import {
  agentChannel,
  agentLeg,
  agentLogin,
  callerChannel,
  phoneChannel,
  presenceRow,
  queueEntryRow,
  queueMemberRow,
  queueParams,
} from '../../../support/fake-wazo/live-state.js';
import type { FakeWazoState, Json } from '../../../support/fake-wazo/state.js';
import type { BusEvent } from '../../../support/wazo-bus.js';
import type { Agent } from '../../../support/wazo-events.js';
import { phoneLeg, QueueCall } from '../../stories/queue-call.js';
import { pausedBlock, pauses, resumes, shiftBegins } from '../../stories/shift.js';

/** What wraps up sales; see the directory. */
const WRAP_UP_MS = 30_000;

const AGENTS: readonly Agent[] = [ann, bob];

interface ModelCaller {
  readonly call: QueueCall;
  readonly joinedAt: number;
  readonly attempts: Map<Agent, number>;
  agent: Agent | undefined;
  isTalking: boolean;
}

export const actionNames = [
  ...(['arrive', 'arrive', 'ring', 'ring', 'ring', 'answer', 'answer'] as const),
  ...(['noAnswer', 'giveUp', 'end', 'end', 'pause', 'resume'] as const),
] as const;

export type ActionName = (typeof actionNames)[number];

/** A Wazo with two agents in sales: what happens there, as its bus and its services tell it. */
export class ModelWazo {
  readonly #callers: ModelCaller[] = [];
  readonly #paused = new Set<Agent>();
  /** When the last call of sales ended, epoch ms. */
  readonly #lastCalls = new Map<Agent, number>();
  #names = 10;

  /** The agents log in. */
  begin(): readonly BusEvent[] {
    return shiftBegins(...AGENTS).events;
  }

  /** Lets it happen to the one that `pick` chooses, if there is one; answers what the bus tells. */
  act(name: ActionName, pick: number): readonly BusEvent[] {
    switch (name) {
      case 'arrive':
        return this.#arrive();
      case 'ring':
        return this.#ring(pick);
      case 'answer':
        return this.#change(pick, isRinging, (caller, agent) => {
          caller.isTalking = true;
          return caller.call.answeredBy(agent, attempt(caller, agent), this.#waiting().length);
        });
      case 'noAnswer':
        return this.#change(pick, isRinging, (caller, agent) => {
          caller.agent = undefined;
          return caller.call.ringsInVain(agent, attempt(caller, agent));
        });
      case 'end':
        return this.#change(pick, isTalking, (caller, agent) => this.#end(caller, agent));
      case 'giveUp':
        return this.#giveUp(pick);
      case 'pause':
        return choose(AGENTS, pick, (agent) => {
          this.#paused.add(agent);
          return pauses(agent, 'lunch');
        });
      case 'resume':
        return choose(AGENTS, pick, (agent) => {
          this.#paused.delete(agent);
          return resumes(agent);
        });
    }
  }

  /** How many wait unrung, are rung for and talk. */
  counts(): { queuing: number; allocated: number; connected: number } {
    return {
      queuing: this.#callers.filter(({ agent }) => agent === undefined).length,
      allocated: this.#callers.filter(isRinging).length,
      connected: this.#callers.filter(isTalking).length,
    };
  }

  /** Has the services answer what is so. */
  answer(state: FakeWazoState): void {
    state.amiRows.set('QueueStatus', [
      queueParams('sales'),
      ...AGENTS.map((agent) => queueMemberRow(agent, 'sales', this.#block(agent))),
      ...this.#waiting().map(({ call, joinedAt }) =>
        queueEntryRow(call.caller, Math.floor((Date.now() - joinedAt) / 1000)),
      ),
      queueParams('support'),
      queueMemberRow(bob, 'support', { ...this.#block(bob), LastCall: '0' }),
    ]);
    state.amiRows.set('CoreShowChannels', this.#callers.flatMap(channelsOf));
    state.calls = this.#callers.flatMap(legsOf);
    state.agentStatuses = AGENTS.map((agent) => agentLogin(agent, acme));
    state.presences = AGENTS.map(({ agentId, userUuid }) =>
      presenceRow(userUuid, acme, { lines: [{ id: agentId, state: 'available' }] }),
    );
    state.users = Array.from(Object.entries(people), ([name, id]) => fakeUser(id, acme, name));
  }

  #arrive(): readonly BusEvent[] {
    this.#names += 1;
    const uniqueid = `1763719205.${String(this.#names)}`;
    const number = `+1555000${String(this.#names)}`;
    const call = new QueueCall({ uniqueid, number, queue: 'sales' }, '7');
    const caller = { call, joinedAt: Date.now(), attempts: new Map<Agent, number>() };
    this.#callers.push({ ...caller, agent: undefined, isTalking: false });
    return [...call.announced(), ...call.joins(this.#waiting().length)];
  }

  #ring(pick: number): readonly BusEvent[] {
    const unrung = this.#callers.filter(({ agent }) => agent === undefined);
    const free = AGENTS.filter((agent) => this.#isFree(agent));
    return choose(unrung, pick, (caller) =>
      choose(free, pick, (agent) => {
        caller.agent = agent;
        caller.attempts.set(agent, attempt(caller, agent) + 1);
        return caller.call.rings(agent, attempt(caller, agent));
      }),
    );
  }

  #giveUp(pick: number): readonly BusEvent[] {
    return choose(this.#waiting(), pick, (caller) => {
      const { agent, call } = caller;
      this.#callers.splice(this.#callers.indexOf(caller), 1);
      const silence = agent === undefined ? [] : call.fallsSilent(agent, attempt(caller, agent));
      return [...call.givesUp(this.#waiting().length), ...silence];
    });
  }

  #end(caller: ModelCaller, agent: Agent): readonly BusEvent[] {
    this.#callers.splice(this.#callers.indexOf(caller), 1);
    this.#lastCalls.set(agent, Date.now());
    return caller.call.ends(agent, 'caller', attempt(caller, agent), this.#block(agent));
  }

  #change(
    pick: number,
    isWanted: (caller: ModelCaller) => boolean,
    change: (caller: ModelCaller, agent: Agent) => readonly BusEvent[],
  ): readonly BusEvent[] {
    return choose(this.#callers.filter(isWanted), pick, (caller) =>
      caller.agent === undefined ? [] : change(caller, caller.agent),
    );
  }

  #waiting(): ModelCaller[] {
    return this.#callers.filter(({ isTalking: talks }) => !talks);
  }

  #isFree(agent: Agent): boolean {
    const wrapsUp = Date.now() < (this.#lastCalls.get(agent) ?? 0) + WRAP_UP_MS;
    return !wrapsUp && !this.#paused.has(agent) && this.#callOf(agent) === undefined;
  }

  #callOf(agent: Agent): ModelCaller | undefined {
    return this.#callers.find((caller) => caller.agent === agent);
  }

  /** What Asterisk says of the agent as a member of sales. */
  #block(agent: Agent): Json {
    const call = this.#callOf(agent);
    const status = call === undefined ? '1' : call.isTalking ? '2' : '6';
    return {
      Status: status,
      InCall: call?.isTalking === true ? '1' : '0',
      LastCall: String(Math.floor((this.#lastCalls.get(agent) ?? 0) / 1000)),
      ...(this.#paused.has(agent) ? pausedBlock('lunch') : {}),
    };
  }
}

function channelsOf(caller: ModelCaller): Json[] {
  const { call, agent, isTalking: talks } = caller;
  const bridge = talks ? call.caller.uniqueid : '';
  const channels = [callerChannel(call.caller, bridge)];
  if (agent === undefined) return channels;
  const again = attempt(caller, agent);
  const local = `${call.caller.uniqueid}1${String(agent.agentId)}${String(again)}`;
  return [
    ...channels,
    { ...agentChannel(call.caller, agent, bridge), Uniqueid: local },
    { ...phoneChannel(call.caller, agent, bridge), Uniqueid: phoneLeg(call.caller, agent, again) },
  ];
}

function legsOf(caller: ModelCaller): Json[] {
  const { call, agent, isTalking: talks } = caller;
  if (agent === undefined) return [];
  const leg = agentLeg(call.caller, agent, acme, talks ? 'Up' : 'Ringing');
  return [{ ...leg, call_id: phoneLeg(call.caller, agent, attempt(caller, agent)) }];
}

function attempt({ attempts }: ModelCaller, agent: Agent): number {
  return attempts.get(agent) ?? 0;
}

function isRinging({ agent, isTalking: talks }: ModelCaller): boolean {
  return agent !== undefined && !talks;
}

function isTalking({ isTalking: talks }: ModelCaller): boolean {
  return talks;
}

function choose<T>(
  candidates: readonly T[],
  pick: number,
  act: (chosen: T) => readonly BusEvent[],
): readonly BusEvent[] {
  const chosen = candidates[pick % Math.max(candidates.length, 1)];
  return chosen === undefined ? [] : act(chosen);
}
