import type { ReadonlySignal } from '@preact/signals';
import { formatDuration, isoDuration } from '../texts/format.js';

interface DurationProps {
  /** When it began, epoch ms; ends at `until`, or goes on. */
  readonly since: number;
  readonly until?: number | undefined;
  /** The page's clock: `context.now`. */
  readonly now: ReadonlySignal<number>;
}

/** How long something has lasted, in words of a clock. Only this element changes with each tick. */
export function Duration({ since, until, now }: DurationProps) {
  const milliseconds = (until ?? now.value) - since;
  return <time dateTime={isoDuration(milliseconds)}>{formatDuration(milliseconds)}</time>;
}
