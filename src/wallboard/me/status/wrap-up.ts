import { timeOf } from '../times.js';
import type { StatusFields } from './own-status.js';

/** A wrap-up that runs, in epoch ms. */
export interface WrapUp {
  readonly start: number;
  readonly end: number;
}

/** How far a wrap-up has come. */
export interface WrapUpProgress {
  /** Whole seconds until its end, counted up so that it never says 0 while it runs. */
  readonly secondsLeft: number;
  /** What is left of its time: from 1 at its start to 0 at its end. */
  readonly share: number;
}

/** The wrap-up that the status tells of; undefined when none runs or it has no times. */
export function wrapUpOf(
  fields: Pick<StatusFields, 'wrapUpStart' | 'wrapUpEnd'> | undefined,
): WrapUp | undefined {
  const start = timeOf(fields?.wrapUpStart ?? null);
  const end = timeOf(fields?.wrapUpEnd ?? null);
  return start === null || end === null || end <= start ? undefined : { start, end };
}

/** How far the wrap-up is at `now`, epoch ms. Its end is told; until then it stays at 0. */
export function wrapUpProgress({ start, end }: WrapUp, now: number): WrapUpProgress {
  const left = Math.min(Math.max(0, end - now), end - start);
  return { secondsLeft: Math.ceil(left / 1000), share: left / (end - start) };
}
