import { type Severity, SeverityMark } from '../../parts/severity.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { QueueFigures } from '../model/queue-figures.js';

const PARTS = ['free', 'onCalls', 'wrapUp', 'away'] as const;

interface StaffBarProps {
  readonly figures: QueueFigures;
  readonly queueName: string;
  readonly severity: Severity;
}

/** What the agents of a queue do: a bar for the proportions, and the figures in words. */
export function StaffBar({ figures, queueName, severity }: StaffBarProps) {
  const { queues: words } = text.board;
  return (
    <div class="staff">
      <div class="staff-bar" aria-hidden="true">
        {PARTS.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: figures[part] }} />
        ))}
      </div>
      <dl aria-label={words.agentsOf(queueName)}>
        {PARTS.map((part) => (
          <div key={part} data-part={part}>
            <dt>{words[part]}</dt>
            <dd>{formatNumber(figures[part])}</dd>
          </div>
        ))}
      </dl>
      {severity === 'ok' ? null : (
        <p class="staff-alarm" data-severity={severity}>
          <SeverityMark severity={severity} />
          {severity === 'critical' ? words.nobodyServes : words.nobodyFree}
        </p>
      )}
    </div>
  );
}
