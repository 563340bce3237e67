import type { Agenda } from './agenda.js';
import { directCallMessage, otherPartyMessage, type SimulatedDirectCall } from './call-messages.js';
import type { Random } from './random.js';
import { type BusMessage, memberMessages, type SimulatedAgent } from './wazo-messages.js';

/** Means and ranges in milliseconds: now and then an agent telephones outside the queues. */
const TIMES = {
  betweenCalls: 20_000,
  ring: [2_000, 6_000],
  talk: [5_000, 20_000],
} as const;

const OUTGOING = 0.5;
const ANSWERED = 0.8;

/** What direct calls need of the center that they happen in. */
export interface DirectCallParts {
  readonly agenda: Agenda;
  readonly random: Random;
  /** Agents whose phone is free. */
  readonly freeAgents: () => readonly SimulatedAgent[];
  readonly say: (messages: readonly BusMessage[]) => void;
  readonly nextUniqueid: () => string;
  /** Called when an agent's phone is free again. */
  readonly onFree: () => void;
}

/** Plays calls between agents' own numbers and the world, beside those of the queues. */
export class DirectCalls {
  readonly #parts: DirectCallParts;

  constructor(parts: DirectCallParts) {
    this.#parts = parts;
  }

  /** Lets the first call, and one after the other, happen in time. */
  expect(): void {
    const { agenda, random } = this.#parts;
    agenda.after(random.exponential(TIMES.betweenCalls), () => {
      this.#begin();
      this.expect();
    });
  }

  #begin(): void {
    const { agenda, random, freeAgents, say } = this.#parts;
    const agent = random.pick(freeAgents());
    if (agent === undefined) return;
    const call = this.#newCall();
    agent.device = call.isOutgoing ? '2' : '6';
    say([directCallMessage('call_created', agent, call), ...status(agent)]);
    agenda.after(random.between(...TIMES.ring), () => {
      if (random.chance(ANSWERED)) this.#answer(agent, call);
      else this.#end(agent, call);
    });
  }

  #newCall(): SimulatedDirectCall {
    const { random, nextUniqueid } = this.#parts;
    const isOutgoing = random.chance(OUTGOING);
    const legId = nextUniqueid();
    const conversationId = isOutgoing ? legId : nextUniqueid();
    return { legId, conversationId, number: random.phoneNumber(), isOutgoing };
  }

  #answer(agent: SimulatedAgent, call: SimulatedDirectCall): void {
    const { agenda, random, say } = this.#parts;
    agent.device = '2';
    say([
      call.isOutgoing ? otherPartyMessage(call) : directCallMessage('call_answered', agent, call),
      ...status(agent),
    ]);
    agenda.after(random.between(...TIMES.talk), () => this.#end(agent, call));
  }

  #end(agent: SimulatedAgent, call: SimulatedDirectCall): void {
    agent.device = '1';
    this.#parts.say([directCallMessage('call_ended', agent, call), ...status(agent)]);
    this.#parts.onFree();
  }
}

function status(agent: SimulatedAgent): BusMessage[] {
  return memberMessages('QueueMemberStatus', agent);
}
