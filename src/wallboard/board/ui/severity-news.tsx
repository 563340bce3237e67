import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { VisuallyHidden } from '../../parts/visually-hidden.js';
import type { Board } from '../live/board.js';
import { OncePerFrame } from '../live/once-per-frame.js';
import type { Severity } from '../model/severity.js';
import { severityChanges } from '../model/severity-changes.js';
import { newsOf } from './news-words.js';

/** A short sentence takes so long to be read out: more often they would pile up. */
const EVERY_MS = 3_000;

/**
 * Tells screen readers when queues become better or worse: at once, and then every few seconds what
 * is another than it was told. Nothing else of the board is announced: figures that tick would drown
 * it.
 */
export function SeverityNews({ board }: { readonly board: Board }) {
  const news = useSignal('');
  useEffect(() => {
    let told: ReadonlyMap<string, Severity> = new Map();
    const tell = (): void => {
      const now = severitiesOf(board);
      const changes = severityChanges(told, now);
      told = now;
      if (changes.length > 0) news.value = newsOf(changes, board.queues.shown.value ?? []);
    };
    const task = new OncePerFrame(tell, everyFewSeconds());
    const stop = effect(() => {
      severitiesOf(board);
      task.request();
    });
    return () => {
      stop();
      task.stop();
    };
  }, [board, news]);
  return (
    <VisuallyHidden>
      <output>{news}</output>
    </VisuallyHidden>
  );
}

function severitiesOf({ queues }: Board): ReadonlyMap<string, Severity> {
  return new Map(
    (queues.shown.value ?? []).map(({ id }) => [id, queues.queue(id).severity.overall.value]),
  );
}

function everyFewSeconds() {
  let last = -EVERY_MS;
  return (run: () => void): (() => void) => {
    const act = (): void => {
      last = performance.now();
      run();
    };
    const timer = setTimeout(act, Math.max(0, last + EVERY_MS - performance.now()));
    return () => clearTimeout(timer);
  };
}
