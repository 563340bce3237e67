import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { VisuallyHidden } from '../../parts/visually-hidden.js';
import { text } from '../../texts/index.js';
import type { Board } from '../live/board.js';
import type { Severity } from '../model/severity.js';
import { severityChanges } from '../model/severity-changes.js';

/**
 * Tells screen readers when a queue becomes better or worse. Nothing else of the board is announced:
 * figures that tick would drown it.
 */
export function SeverityNews({ board }: { readonly board: Board }) {
  const news = useSignal('');
  const before = useRef<ReadonlyMap<string, Severity>>(new Map());
  useSignalEffect(() => {
    const queues = board.queues.shown.value ?? [];
    const after = new Map(
      queues.map(({ id }) => [id, board.queues.queue(id).severity.overall.value] as const),
    );
    const changes = severityChanges(before.current, after);
    before.current = after;
    if (changes.length === 0) return;
    news.value = changes
      .map(({ id, severity }) => {
        const name = queues.find((queue) => queue.id === id)?.name ?? id;
        return text.board.severityNews(name, text.parts.severity[severity]);
      })
      .join('. ');
  });
  return (
    <VisuallyHidden>
      <output>{news}</output>
    </VisuallyHidden>
  );
}
