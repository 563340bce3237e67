import type { Directory } from '../../directory/types.js';
import { Agenda } from './agenda.js';
import { Breaks } from './breaks.js';
import { DirectCalls } from './direct-calls.js';
import { QueueCalls } from './queue-calls.js';
import { Random } from './random.js';
import {
  agentStatusMessage,
  type BusMessage,
  memberMessages,
  presenceMessage,
  type SimulatedAgent,
} from './wazo-messages.js';

/** Publishes what happened at one moment. */
export type Publish = (messages: readonly BusMessage[], at: number) => void;

/**
 * A contact center that plays by itself: calls of queues, calls beside them, agents' breaks. It
 * speaks Wazo's bus events and nothing else. With the same directory and seed the same things
 * happen; `now` is the epoch ms at which its clock begins.
 */
export class SimulatedCenter {
  readonly #agenda: Agenda;
  readonly #publish: Publish;
  readonly #agents: readonly SimulatedAgent[];
  readonly #queueCalls: QueueCalls;
  readonly #directCalls: DirectCalls;
  readonly #breaks: Breaks;
  #sequence = 0;

  constructor(directory: Directory, seed: number, now: number, publish: Publish) {
    this.#agenda = new Agenda(now);
    this.#publish = publish;
    this.#agents = agentsOf(directory, now);
    const parts = {
      agenda: this.#agenda,
      random: new Random(seed),
      freeAgents: () => this.#agents.filter((agent) => this.#isIdle(agent)),
      say: (messages: readonly BusMessage[]) => this.#say(messages),
      nextUniqueid: () => this.#nextUniqueid(),
      onFree: () => this.#queueCalls.serve(),
    };
    this.#queueCalls = new QueueCalls({ ...parts, queues: [...directory.queues.values()] });
    this.#directCalls = new DirectCalls(parts);
    this.#breaks = new Breaks(parts);
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
      this.#breaks.expect(agent);
    }
    this.#queueCalls.expect();
    this.#directCalls.expect();
  }

  #isIdle(agent: SimulatedAgent): boolean {
    return agent.device === '1' && !agent.paused && agent.wrapUpUntil <= this.#agenda.now;
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
