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

interface CountdownProps {
  /** When it ends, epoch ms. */
  readonly to: number;
  readonly now: ReadonlySignal<number>;
}

/** How long something will last yet; 0:00 from then on. */
export function Countdown({ to, now }: CountdownProps) {
  const milliseconds = Math.max(0, to - now.value);
  return <time dateTime={isoDuration(milliseconds)}>{formatDuration(milliseconds)}</time>;
}
