import { Button } from '../../parts/button.js';
import { text } from '../../texts/index.js';
import type { PanelProps } from './callback-panel.js';
import { differences } from './difference.js';
import { differenceWords, nameOf } from './words.js';

/** What somebody else did while this one was typing. */
export function ConflictNotice({ work, desk, me, now }: PanelProps) {
  const { conflict, base } = work;
  const words = text.me.callbacks.conflict;
  if (conflict === null) return <div role="alert" />;
  const { seen, theirs, isRefused } = conflict;
  const name = (userId: string | null): string => nameOf(userId, me, desk.names);
  const who = sentenceStart(theirs.modifiedBy === null ? text.me.theHub : name(theirs.modifiedBy));
  const done = differences(seen, theirs).map((one) => differenceWords(one, now.value, name));
  return (
    <div role="alert">
      <div class="notice conflict" data-tone="warning">
        <p>
          <strong>{isRefused ? words.refused(who) : words.heard(who)}</strong>
        </p>
        <ul>
          {done.map((what) => (
            <li key={what}>{what}</li>
          ))}
        </ul>
        <p>{isRefused ? words.refusedHint : words.heardHint}</p>
        <Button onClick={() => desk.bench.step(base.id, { kind: 'acknowledged' })}>
          {words.seen}
        </Button>
      </div>
    </div>
  );
}

function sentenceStart(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
