import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Named } from '../live/roster.js';
import type { SeverityChange } from '../model/severity-changes.js';

/** More names than these nobody wants to hear. */
const MOST_NAMES = 4;

/** What is read out of changes: each queue by its name, or how many there are. */
export function newsOf(changes: readonly SeverityChange[], queues: readonly Named[]): string {
  const words = text.board.severityNews;
  if (changes.length > MOST_NAMES) {
    const critical = changes.filter(({ severity }) => severity === 'critical').length;
    return words.many(formatNumber(changes.length), formatNumber(critical));
  }
  return changes
    .map(({ id, severity }) => {
      const name = queues.find((queue) => queue.id === id)?.name ?? id;
      return words.one(name, text.parts.severity[severity]);
    })
    .join('. ');
}
