import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import { type AgentCallEvent, agentCallAfter } from './agent-call.js';
import type { AgentFacts } from './agent-state.js';
import { type AgentView, agentView, UNKNOWN_AGENT } from './agent-view.js';
import { toldAt } from './told-at.js';

/** Users of whom something is kept: all of an organization, since the board hears of all. */
export const MAX_USERS = 20_000;

const NO_FACTS: AgentFacts = { status: undefined, availability: undefined, call: undefined };

interface Entry {
  readonly facts: AgentFacts;
  readonly view: AgentView;
}

/** What was told of each user, and what the board shows of it. */
export class AgentBook {
  readonly #entries = new Map<string, Entry>();

  /** Users of whom something is known. */
  get size(): number {
    return this.#entries.size;
  }

  /** What is shown of a user. */
  view(userId: string): AgentView {
    return this.#entries.get(userId)?.view ?? UNKNOWN_AGENT;
  }

  takeStatus(status: RteEventData<'UserStatus'>): void {
    const { facts } = this.#entry(status.userId);
    // Without a call nothing of an earlier one holds any more, should its end have been missed.
    const call = status.talking ? facts.call : undefined;
    this.#put(status.userId, { ...facts, status, call }, toldAt(status));
  }

  takeAvailability(availability: RteEventData<'UserAvailability'>): void {
    const { facts } = this.#entry(availability.userId);
    this.#put(availability.userId, { ...facts, availability }, toldAt(availability));
  }

  takeCall(event: AgentCallEvent): void {
    const { facts } = this.#entry(event.userId);
    const call = agentCallAfter(facts.call, event);
    if (call !== facts.call) this.#put(event.userId, { ...facts, call }, toldAt(event));
  }

  /**
   * Events were missed: steps of calls and the time in a state may be of before. The states
   * themselves stay until the hub tells them anew, which it does at once.
   */
  missedEvents(): void {
    for (const [userId, { facts, view }] of this.#entries) {
      const shown = { ...view, since: null };
      this.#entries.set(userId, { facts: { ...facts, call: undefined }, view: shown });
    }
  }

  #entry(userId: string): Entry {
    return this.#entries.get(userId) ?? { facts: NO_FACTS, view: UNKNOWN_AGENT };
  }

  #put(userId: string, facts: AgentFacts, at: number | null): void {
    const known = this.#entries.get(userId);
    if (known === undefined && this.#entries.size >= MAX_USERS) return;
    const view = agentView(facts, known?.view ?? UNKNOWN_AGENT, at);
    this.#entries.set(userId, { facts, view });
  }
}
