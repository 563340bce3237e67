import type { RteEventData } from '../../../rte/events/event-catalogue.js';
import { type AgentFacts, type AgentState, agentState } from './agent-state.js';

/** What the board shows of one agent. */
export interface AgentView {
  readonly state: AgentState;
  /** Since when, epoch ms: at least as long as that. Null when that is not known. */
  readonly since: number | null;
  /** The queue whose call the agent handles. */
  readonly activeQueueId: string | null;
  /** When the wrap-up ends by itself, epoch ms. */
  readonly wrapUpEnd: number | null;
  /** Which of the words of `away` it is, and what the agent wrote about it. */
  readonly availability: RteEventData<'UserAvailability'>['availability'];
  readonly note: string | null;
}

/** An agent of whom nothing has come yet. */
export const UNKNOWN_AGENT: AgentView = {
  state: 'unknown',
  since: null,
  activeQueueId: null,
  wrapUpEnd: null,
  availability: null,
  note: null,
};

/**
 * What is shown after an event.
 * @param previous what was shown before it
 * @param at when the event was made, epoch ms; null when it tells a state without saying since when
 */
export function agentView(facts: AgentFacts, previous: AgentView, at: number | null): AgentView {
  const state = agentState(facts);
  const { status, availability } = facts;
  const isCurious = state === 'away' || state === 'do-not-disturb' || state === 'paused';
  return {
    state,
    since: sinceOf(state, facts, previous, at),
    activeQueueId: status?.talking === true ? status.activeQueueId : null,
    wrapUpEnd: state === 'wrap-up' ? timeOf(status?.wrapUpEnd) : null,
    availability: isCurious ? (availability?.availability ?? null) : null,
    note: isCurious ? noteOf(availability?.note) : null,
  };
}

/** Whether two views show the same. */
export function isSameView(one: AgentView, other: AgentView): boolean {
  return (
    one.state === other.state &&
    one.since === other.since &&
    one.activeQueueId === other.activeQueueId &&
    one.wrapUpEnd === other.wrapUpEnd &&
    one.availability === other.availability &&
    one.note === other.note
  );
}

function sinceOf(
  state: AgentState,
  facts: AgentFacts,
  previous: AgentView,
  at: number | null,
): number | null {
  if (state === 'unknown') return null;
  return knownStart(state, facts) ?? (state === previous.state ? (previous.since ?? at) : at);
}

/** When the state began, where the events themselves say so. */
function knownStart(state: AgentState, { status, availability, call }: AgentFacts): number | null {
  switch (state) {
    case 'talking':
      return call?.phase === 'connected' ? call.since : timeOf(status?.talkingStatusChanged);
    case 'ringing':
      return call?.since ?? null;
    case 'on-phone':
      return timeOf(status?.talkingStatusChanged);
    case 'wrap-up':
      return timeOf(status?.wrapUpStart);
    case 'do-not-disturb':
    case 'off-work':
      return latest(timeOf(availability?.startTime), timeOf(status?.talkingStatusChanged));
    case 'available':
    case 'paused':
    case 'away':
    case 'unreachable':
    case 'logged-out':
    case 'unknown':
      return null;
  }
}

/** Who had a call meanwhile is in the state since its end. */
function latest(start: number | null, callEnd: number | null): number | null {
  return start === null ? null : Math.max(start, callEnd ?? start);
}

/** The year 1 stands for "not set". */
function timeOf(text: string | null | undefined): number | null {
  const time = text === null || text === undefined ? Number.NaN : Date.parse(text);
  return time > 0 ? time : null;
}

function noteOf(note: string | null | undefined): string | null {
  const text = note?.trim() ?? '';
  return text === '' ? null : text;
}
