import type { CallEvent } from './call-event.js';
import { callOf, endedUnseen, type OwnCall } from './own-call.js';

/** Calls that are over and still shown. */
export const RECENT_CALLS = 20;

/** Calls of which steps are kept: those shown, and some that go on beside them. */
const MAX_CALLS = RECENT_CALLS + 10;

/** Steps of one call: one that is offered again and again loses its oldest. */
const MAX_STEPS = 60;

/** How far the clocks of the hub and of the telephony system may differ. */
const CLOCK_SKEW_MS = 5_000;

/** That a call ended was seen only by its not going on any more. */
interface UnseenEnd {
  /** The newest step of before; what later ones tell happened after that. */
  readonly afterStep: string;
  /** Epoch ms; null when not even that is known. */
  readonly at: number | null;
}

/** One call with what tells of it. */
interface Told {
  readonly steps: readonly CallEvent[];
  readonly unseenEnd: UnseenEnd | null;
  /** It went on when steps may have been missed, and has not been told of since. */
  readonly isDoubted: boolean;
  readonly call: OwnCall | undefined;
}

/** The calls of this session by their id; what was heard of last stands last. */
export type OwnCalls = ReadonlyMap<string, Told>;

/** None yet. */
export const NO_CALLS: OwnCalls = new Map();

/**
 * The calls with a step more. One that is known already changes nothing, and the order in which
 * steps come does not count.
 */
export function withCallEvent(calls: OwnCalls, step: CallEvent): OwnCalls {
  const known = calls.get(step.callId);
  if (known?.steps.some(({ id }) => id === step.id) === true) return calls;
  const steps = [...(known?.steps ?? []), step]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .slice(-MAX_STEPS);
  const unseenEnd = known?.unseenEnd ?? null;
  const next = new Map(calls);
  next.delete(step.callId);
  next.set(step.callId, { steps, unseenEnd, isDoubted: false, call: derive(steps, unseenEnd) });
  const [oldest] = next.keys();
  if (next.size > MAX_CALLS && oldest !== undefined) next.delete(oldest);
  return next;
}

/** Something may have been missed: whether calls still go on is no longer certain. */
export function withDoubt(calls: OwnCalls): OwnCalls {
  return mapCalls(calls, (told) =>
    told.call === undefined || told.call.phase === 'ended' ? told : { ...told, isDoubted: true },
  );
}

/**
 * Ends the doubt by what the status says: who does not talk has no call, and who talks since a
 * later time has another one.
 * @param talkingChangedAt when the talking began or ended, epoch ms; null when that is not known
 */
export function withoutDoubt(
  calls: OwnCalls,
  isTalking: boolean,
  talkingChangedAt: number | null,
): OwnCalls {
  if (![...calls.values()].some(({ isDoubted }) => isDoubted)) return calls;
  return mapCalls(calls, (told) => {
    const { steps, isDoubted, call } = told;
    if (!isDoubted || call === undefined) return told;
    const begunAt = call.answeredAt ?? call.rangAt ?? 0;
    const isAnother = talkingChangedAt !== null && talkingChangedAt > begunAt + CLOCK_SKEW_MS;
    if (isTalking && !isAnother) return { ...told, isDoubted: false };
    const at = isTalking ? null : talkingChangedAt;
    const unseenEnd = { afterStep: steps.at(-1)?.id ?? '', at };
    return { steps, unseenEnd, isDoubted: false, call: derive(steps, unseenEnd) };
  });
}

/** The calls that go on, those that are connected before those that ring. */
export function currentCalls(calls: OwnCalls): readonly OwnCall[] {
  const all = [...calls.values()].flatMap(({ call }) => call ?? []);
  return [
    ...all.filter(({ phase }) => phase === 'connected'),
    ...all.filter(({ phase }) => phase === 'ringing'),
  ];
}

/** The calls that are over, the newest first. */
export function recentCalls(calls: OwnCalls): readonly OwnCall[] {
  return [...calls.values()]
    .flatMap(({ call }) => (call?.phase === 'ended' ? [call] : []))
    .sort((a, b) => timeOfEnd(b) - timeOfEnd(a))
    .slice(0, RECENT_CALLS);
}

function mapCalls(calls: OwnCalls, change: (told: Told) => Told): OwnCalls {
  return new Map([...calls].map(([callId, told]) => [callId, change(told)]));
}

function derive(steps: readonly CallEvent[], unseenEnd: UnseenEnd | null): OwnCall | undefined {
  if (unseenEnd === null) return callOf(steps);
  const { afterStep, at } = unseenEnd;
  const before = callOf(steps.filter(({ id }) => id <= afterStep));
  const gone = before === undefined || before.phase === 'ended' ? before : endedUnseen(before, at);
  return callOf(
    steps.filter(({ id }) => id > afterStep),
    gone,
  );
}

function timeOfEnd({ endedAt, answeredAt, rangAt }: OwnCall): number {
  return endedAt ?? answeredAt ?? rangAt ?? 0;
}
