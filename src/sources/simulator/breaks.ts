import type { Agenda } from './agenda.js';
import type { Random } from './random.js';
import {
  type BusMessage,
  memberMessages,
  pauseMessages,
  presenceMessage,
  type SimulatedAgent,
} from './wazo-messages.js';

/** Mean and range in milliseconds. */
const TIMES = {
  betweenBreaks: 40_000,
  break: [15_000, 45_000],
} as const;

const DO_NOT_DISTURB = 0.3;

/** What breaks need of the center that they happen in. */
export interface BreakParts {
  readonly agenda: Agenda;
  readonly random: Random;
  readonly say: (messages: readonly BusMessage[]) => void;
  /** Called when an agent is back. */
  readonly onFree: () => void;
}

/** Plays the breaks of agents: now and then one pauses, or does not want to be disturbed at all. */
export class Breaks {
  readonly #parts: BreakParts;

  constructor(parts: BreakParts) {
    this.#parts = parts;
  }

  /** Lets an agent's first break, and one after the other, happen in time. */
  expect(agent: SimulatedAgent): void {
    const { agenda, random } = this.#parts;
    agenda.after(random.exponential(TIMES.betweenBreaks), () => this.#begin(agent));
  }

  #begin(agent: SimulatedAgent): void {
    const { agenda, random, onFree } = this.#parts;
    const doNotDisturb = random.chance(DO_NOT_DISTURB);
    this.#pause(agent, true, doNotDisturb);
    agenda.after(random.between(...TIMES.break), () => {
      this.#pause(agent, false, doNotDisturb);
      this.expect(agent);
      onFree();
    });
  }

  #pause(agent: SimulatedAgent, paused: boolean, doNotDisturb: boolean): void {
    const { agenda, say } = this.#parts;
    agent.paused = paused;
    if (paused) agent.lastPause = Math.floor(agenda.now / 1000);
    const state = paused && !doNotDisturb ? 'away' : 'available';
    const note = paused ? 'Coffee break' : '';
    say([
      ...memberMessages('QueueMemberPause', agent),
      ...pauseMessages(agent),
      presenceMessage(agent.user, state, paused && doNotDisturb, note),
    ]);
  }
}
