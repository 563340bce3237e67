import type { Queue } from '../../directory/types.js';
import type { Agenda } from './agenda.js';
import { callMessage } from './call-messages.js';
import type { Random } from './random.js';
import {
  agentMessage,
  announceMessage,
  type BusMessage,
  callerMessage,
  hangupMessage,
  memberMessages,
  type SimulatedAgent,
  type SimulatedCaller,
} from './wazo-messages.js';

/** Mean and ranges in milliseconds: a small center where something happens every few seconds. */
const TIMES = {
  betweenCalls: 7_000,
  ring: [2_000, 7_000],
  ringLimit: 10_000,
  talk: [8_000, 45_000],
  patience: [12_000, 40_000],
} as const;

const ANSWERED = 0.88;

interface Waiting {
  readonly caller: SimulatedCaller;
  ringing: { readonly agent: SimulatedAgent; readonly legId: string } | undefined;
  gone: boolean;
}

/** What calls of queues need of the center that they happen in. */
export interface QueueCallParts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly queues: readonly Queue[];
  /** Agents whose phone is free. */
  readonly freeAgents: () => readonly SimulatedAgent[];
  readonly say: (messages: readonly BusMessage[]) => void;
  readonly nextUniqueid: () => string;
}

/** Plays the calls of queues: callers come, wait, are answered or give up; agents wrap up. */
export class QueueCalls {
  readonly #parts: QueueCallParts;
  readonly #waiting = new Map<string, Waiting[]>();

  constructor(parts: QueueCallParts) {
    this.#parts = parts;
  }

  /** Lets the first call of each queue, and one after the other, happen in time. */
  expect(): void {
    for (const queue of this.#parts.queues) this.#expectCall(queue);
  }

  /** Rings a free agent for the first caller of each queue for whom none rings yet. */
  serve(): void {
    const { queues, random, freeAgents } = this.#parts;
    for (const queue of queues) {
      const waiting = this.#lineOf(queue).find((one) => one.ringing === undefined);
      const agent =
        waiting && random.pick(freeAgents().filter((one) => one.queues.includes(queue)));
      if (waiting !== undefined && agent !== undefined) this.#ring(waiting, agent);
    }
  }

  #expectCall(queue: Queue): void {
    const { agenda, random } = this.#parts;
    agenda.after(random.exponential(TIMES.betweenCalls), () => {
      this.#arrive(queue);
      this.#expectCall(queue);
    });
  }

  #arrive(queue: Queue): void {
    const { agenda, random, nextUniqueid, say } = this.#parts;
    const caller = {
      uniqueid: nextUniqueid(),
      number: random.phoneNumber(),
      name: '',
      queue,
    };
    const waiting: Waiting = { caller, ringing: undefined, gone: false };
    const line = this.#lineOf(queue);
    line.push(waiting);
    const count = { Position: String(line.length), Count: String(line.length) };
    say([announceMessage(caller), callerMessage('QueueCallerJoin', caller, count)]);
    agenda.after(random.between(...TIMES.patience), () => this.#giveUp(waiting));
    this.serve();
  }

  #ring(waiting: Waiting, agent: SimulatedAgent): void {
    const { agenda, random, nextUniqueid, say } = this.#parts;
    const legId = nextUniqueid();
    const ringing = { agent, legId };
    waiting.ringing = ringing;
    agent.device = '6';
    say([
      agentMessage('AgentCalled', waiting.caller, agent, legId),
      callMessage('call_created', agent, waiting.caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    const answers = random.chance(ANSWERED);
    const delay = answers ? random.between(...TIMES.ring) : TIMES.ringLimit;
    agenda.after(delay, () => {
      if (waiting.ringing !== ringing) return;
      if (answers) this.#answer(waiting, agent, legId);
      else this.#stopRinging(waiting, agent, legId);
    });
  }

  #stopRinging(waiting: Waiting, agent: SimulatedAgent, legId: string): void {
    waiting.ringing = undefined;
    agent.device = '1';
    this.#parts.say([
      agentMessage('AgentRingNoAnswer', waiting.caller, agent, legId, {
        RingTime: String(TIMES.ringLimit),
      }),
      callMessage('call_ended', agent, waiting.caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    this.serve();
  }

  #answer(waiting: Waiting, agent: SimulatedAgent, legId: string): void {
    const { agenda, random, say } = this.#parts;
    const { caller } = waiting;
    this.#removeFromLine(waiting);
    agent.device = '2';
    say([
      callerMessage('QueueCallerLeave', caller, this.#count(caller.queue)),
      agentMessage('AgentConnect', caller, agent, legId, { HoldTime: '5', RingTime: '3' }),
      callMessage('call_answered', agent, caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    const talk = random.between(...TIMES.talk);
    agenda.after(talk, () => this.#complete(caller, agent, legId, talk));
    this.serve();
  }

  #complete(caller: SimulatedCaller, agent: SimulatedAgent, legId: string, talk: number): void {
    const { agenda, random, say } = this.#parts;
    const wrapUpMs = caller.queue.wazo.wrapUpSeconds * 1000;
    agent.device = '1';
    agent.callsTaken += 1;
    agent.lastCall = Math.floor(agenda.now / 1000);
    agent.wrapUpUntil = agenda.now + wrapUpMs;
    say([
      agentMessage('AgentComplete', caller, agent, legId, {
        TalkTime: String(Math.round(talk / 1000)),
        Reason: random.chance(0.7) ? 'caller' : 'agent',
      }),
      callMessage('call_ended', agent, caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
      hangupMessage(caller),
    ]);
    agenda.after(wrapUpMs, () => this.serve());
  }

  #giveUp(waiting: Waiting): void {
    if (waiting.gone) return;
    const { caller, ringing } = waiting;
    this.#removeFromLine(waiting);
    const messages = [
      callerMessage('QueueCallerAbandon', caller, { Position: '1', OriginalPosition: '1' }),
      callerMessage('QueueCallerLeave', caller, this.#count(caller.queue)),
      hangupMessage(caller),
    ];
    if (ringing !== undefined) {
      ringing.agent.device = '1';
      messages.push(
        callMessage('call_ended', ringing.agent, caller, ringing.legId),
        ...memberMessages('QueueMemberStatus', ringing.agent),
      );
    }
    this.#parts.say(messages);
    this.serve();
  }

  #removeFromLine(waiting: Waiting): void {
    waiting.gone = true;
    waiting.ringing = undefined;
    const line = this.#lineOf(waiting.caller.queue);
    line.splice(line.indexOf(waiting), 1);
  }

  #lineOf(queue: Queue): Waiting[] {
    const known = this.#waiting.get(queue.id);
    if (known !== undefined) return known;
    const line: Waiting[] = [];
    this.#waiting.set(queue.id, line);
    return line;
  }

  #count(queue: Queue): Readonly<Record<string, string>> {
    return { Position: '1', Count: String(this.#lineOf(queue).length) };
  }
}
