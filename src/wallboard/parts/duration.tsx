import { computed, type ReadonlySignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { formatDuration, isoDuration } from '../texts/format.js';

interface DurationProps {
  /** When it began, epoch ms; ends at `until`, or goes on. */
  readonly since: number;
  readonly until?: number | undefined;
  /** The page's clock: `context.now`. */
  readonly now: ReadonlySignal<number>;
}

/**
 * How long something has lasted, in words of a clock. A tick changes its text and nothing else: a
 * board has hundreds of them, too many to be rendered each second.
 */
export function Duration({ since, until, now }: DurationProps) {
  const { iso, words } = useMemo(() => {
    const milliseconds = computed(() => (until ?? now.value) - since);
    return {
      iso: computed(() => isoDuration(milliseconds.value)),
      words: computed(() => formatDuration(milliseconds.value)),
    };
  }, [since, until, now]);
  return <time dateTime={iso}>{words}</time>;
}
