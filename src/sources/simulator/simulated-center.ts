import type { Directory, Queue } from '../../directory/types.js';
import { Agenda } from './agenda.js';
import { callMessage } from './call-messages.js';
import { DirectCalls } from './direct-calls.js';
import { Random } from './random.js';
import {
  agentMessage,
  agentStatusMessage,
  announceMessage,
  type BusMessage,
  callerMessage,
  hangupMessage,
  memberMessages,
  pauseMessages,
  presenceMessage,
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
  betweenBreaks: 40_000,
  break: [15_000, 45_000],
} as const;

const ANSWERED = 0.88;

/** Publishes what happened at one moment. */
export type Publish = (messages: readonly BusMessage[], at: number) => void;

interface Waiting {
  readonly caller: SimulatedCaller;
  ringing: { readonly agent: SimulatedAgent; readonly legId: string } | undefined;
  gone: boolean;
}

/**
 * A contact center that plays by itself: callers come, wait, are answered or give up; agents take
 * breaks and wrap up. It speaks Wazo's bus events and nothing else. With the same directory and
 * seed the same things happen; `now` is the epoch ms at which its clock begins.
 */
export class SimulatedCenter {
  readonly #agenda: Agenda;
  readonly #random: Random;
  readonly #publish: Publish;
  readonly #agents: readonly SimulatedAgent[];
  readonly #queues: readonly Queue[];
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #directCalls: DirectCalls;
  #sequence = 0;

  constructor(directory: Directory, seed: number, now: number, publish: Publish) {
    this.#agenda = new Agenda(now);
    this.#random = new Random(seed);
    this.#publish = publish;
    this.#queues = [...directory.queues.values()];
    this.#agents = agentsOf(directory, now);
    this.#directCalls = new DirectCalls({
      agenda: this.#agenda,
      random: this.#random,
      freeAgents: () => this.#agents.filter((agent) => this.#isIdle(agent)),
      say: (messages) => this.#say(messages),
      nextUniqueid: () => this.#nextUniqueid(),
      onFree: () => this.#serve(),
    });
    this.#agenda.after(0, () => this.#open());
  }

  /** When something happens next, epoch ms of the center's own clock. */
  get nextAt(): number | undefined {
    return this.#agenda.nextAt;
  }

  /** Lets the next thing happen. */
  step(): void {
    this.#agenda.step();
  }

  #open(): void {
    for (const agent of this.#agents) {
      this.#say([
        ...memberMessages('QueueMemberAdded', agent),
        agentStatusMessage(agent, 'logged_in'),
        presenceMessage(agent.user, 'available', false, ''),
      ]);
      this.#agenda.after(this.#random.exponential(TIMES.betweenBreaks), () =>
        this.#beginBreak(agent),
      );
    }
    for (const queue of this.#queues) this.#expectCall(queue);
    this.#directCalls.expect();
  }

  #expectCall(queue: Queue): void {
    this.#agenda.after(this.#random.exponential(TIMES.betweenCalls), () => {
      this.#arrive(queue);
      this.#expectCall(queue);
    });
  }

  #arrive(queue: Queue): void {
    const caller = {
      uniqueid: this.#nextUniqueid(),
      number: this.#random.phoneNumber(),
      name: '',
      queue,
    };
    const waiting: Waiting = { caller, ringing: undefined, gone: false };
    const line = this.#lineOf(queue);
    line.push(waiting);
    const count = { Position: String(line.length), Count: String(line.length) };
    this.#say([announceMessage(caller), callerMessage('QueueCallerJoin', caller, count)]);
    this.#agenda.after(this.#random.between(...TIMES.patience), () => this.#giveUp(waiting));
    this.#serve();
  }

  /** Rings a free agent for the first caller of each queue for whom none rings yet. */
  #serve(): void {
    for (const queue of this.#queues) {
      const waiting = this.#lineOf(queue).find((one) => one.ringing === undefined);
      const agent =
        waiting && this.#random.pick(this.#agents.filter((one) => this.#isFree(one, queue)));
      if (waiting !== undefined && agent !== undefined) this.#ring(waiting, agent);
    }
  }

  #isFree(agent: SimulatedAgent, queue: Queue): boolean {
    return this.#isIdle(agent) && agent.queues.includes(queue);
  }

  #isIdle(agent: SimulatedAgent): boolean {
    return agent.device === '1' && !agent.paused && agent.wrapUpUntil <= this.#agenda.now;
  }

  #ring(waiting: Waiting, agent: SimulatedAgent): void {
    const legId = this.#nextUniqueid();
    const ringing = { agent, legId };
    waiting.ringing = ringing;
    agent.device = '6';
    this.#say([
      agentMessage('AgentCalled', waiting.caller, agent, legId),
      callMessage('call_created', agent, waiting.caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    const answers = this.#random.chance(ANSWERED);
    const delay = answers ? this.#random.between(...TIMES.ring) : TIMES.ringLimit;
    this.#agenda.after(delay, () => {
      if (waiting.ringing !== ringing) return;
      if (answers) this.#answer(waiting, agent, legId);
      else this.#stopRinging(waiting, agent, legId);
    });
  }

  #stopRinging(waiting: Waiting, agent: SimulatedAgent, legId: string): void {
    waiting.ringing = undefined;
    agent.device = '1';
    this.#say([
      agentMessage('AgentRingNoAnswer', waiting.caller, agent, legId, {
        RingTime: String(TIMES.ringLimit),
      }),
      callMessage('call_ended', agent, waiting.caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    this.#serve();
  }

  #answer(waiting: Waiting, agent: SimulatedAgent, legId: string): void {
    const { caller } = waiting;
    this.#removeFromLine(waiting);
    agent.device = '2';
    this.#say([
      callerMessage('QueueCallerLeave', caller, this.#count(caller.queue)),
      agentMessage('AgentConnect', caller, agent, legId, { HoldTime: '5', RingTime: '3' }),
      callMessage('call_answered', agent, caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
    ]);
    const talk = this.#random.between(...TIMES.talk);
    this.#agenda.after(talk, () => this.#complete(caller, agent, legId, talk));
    this.#serve();
  }

  #complete(caller: SimulatedCaller, agent: SimulatedAgent, legId: string, talk: number): void {
    const wrapUpMs = caller.queue.wazo.wrapUpSeconds * 1000;
    agent.device = '1';
    agent.callsTaken += 1;
    agent.lastCall = Math.floor(this.#agenda.now / 1000);
    agent.wrapUpUntil = this.#agenda.now + wrapUpMs;
    this.#say([
      agentMessage('AgentComplete', caller, agent, legId, {
        TalkTime: String(Math.round(talk / 1000)),
        Reason: this.#random.chance(0.7) ? 'caller' : 'agent',
      }),
      callMessage('call_ended', agent, caller, legId),
      ...memberMessages('QueueMemberStatus', agent),
      hangupMessage(caller),
    ]);
    this.#agenda.after(wrapUpMs, () => this.#serve());
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
    this.#say(messages);
    this.#serve();
  }

  /** Now and then an agent pauses, or does not want to be disturbed at all. */
  #beginBreak(agent: SimulatedAgent): void {
    const doNotDisturb = this.#random.chance(0.3);
    this.#pause(agent, true, doNotDisturb);
    this.#agenda.after(this.#random.between(...TIMES.break), () => {
      this.#pause(agent, false, doNotDisturb);
      this.#agenda.after(this.#random.exponential(TIMES.betweenBreaks), () =>
        this.#beginBreak(agent),
      );
      this.#serve();
    });
  }

  #pause(agent: SimulatedAgent, paused: boolean, doNotDisturb: boolean): void {
    agent.paused = paused;
    if (paused) agent.lastPause = Math.floor(this.#agenda.now / 1000);
    const state = paused && !doNotDisturb ? 'away' : 'available';
    const note = paused ? 'Coffee break' : '';
    this.#say([
      ...memberMessages('QueueMemberPause', agent),
      ...pauseMessages(agent),
      presenceMessage(agent.user, state, paused && doNotDisturb, note),
    ]);
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

  #nextUniqueid(): string {
    this.#sequence += 1;
    return `${String(Math.floor(this.#agenda.now / 1000))}.${String(this.#sequence)}`;
  }

  #say(messages: readonly BusMessage[]): void {
    this.#publish(messages, this.#agenda.now);
  }
}

function agentsOf(directory: Directory, now: number): readonly SimulatedAgent[] {
  const agents: SimulatedAgent[] = [];
  for (const user of directory.users.values()) {
    const agentId = user.wazo.agentIds[0];
    const queues = [...directory.queues.values()].filter((queue) =>
      queue.members.includes(user.id),
    );
    if (agentId === undefined || queues.length === 0) continue;
    agents.push({
      user,
      agentId,
      queues,
      device: '1',
      paused: false,
      callsTaken: 0,
      lastCall: 0,
      lastPause: 0,
      loginTime: Math.floor(now / 1000),
      wrapUpUntil: 0,
    });
  }
  return agents;
}
