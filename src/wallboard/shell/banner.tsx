import type { ReadonlySignal } from '@preact/signals';
import { formatMoment, formatNumber } from '../texts/format.js';
import { text } from '../texts/index.js';
import type { LinkState } from './link-state.js';

interface BannerProps {
  readonly link: LinkState;
  readonly now: ReadonlySignal<number>;
}

/**
 * Says that what the page shows may be old, and why. The status element is always there: screen
 * readers announce changes of it, but may miss one that comes with its text.
 */
export function Banner({ link, now }: BannerProps) {
  const detail = detailOf(link, now.peek());
  return (
    <div class="banner" data-link={link.kind}>
      <output>
        {detail === undefined ? null : (
          <>
            <strong>{text.shell.link[link.kind]}</strong> {detail}
          </>
        )}
      </output>
      {link.kind === 'reconnecting' ? (
        <NextTry attempt={link.attempt} at={link.nextAttemptAt} now={now} />
      ) : null}
    </div>
  );
}

interface NextTryProps {
  readonly attempt: number;
  /** When it begins, in the hub's time. */
  readonly at: number;
  readonly now: ReadonlySignal<number>;
}

/** Counts down each second; announced each second it would drown everything else. */
function NextTry({ attempt, at, now }: NextTryProps) {
  const seconds = Math.ceil((at - now.value) / 1000);
  const { nextTry, trying } = text.shell.link;
  const number = formatNumber(attempt);
  return (
    <span class="next-try" aria-hidden="true">
      {seconds > 0 ? nextTry(number, formatNumber(seconds)) : trying(number)}
    </span>
  );
}

function detailOf(link: LinkState, now: number): string | undefined {
  const { link: words } = text.shell;
  switch (link.kind) {
    case 'live':
      return undefined;
    case 'connecting':
      return words.connectingDetail;
    case 'reconnecting':
      return words.reconnectingDetail(formatMoment(link.since, now));
    case 'stale':
    case 'down': {
      const { sourceName, reason, since, lastEvent } = link;
      const why = words.sourceDetail(sourceName, reason ?? words.unknownReason);
      const began = formatMoment(since, now);
      return lastEvent === undefined
        ? `${why} ${words.sourceSilentSince(began)}`
        : `${why} ${words.sourceSince(began, formatMoment(lastEvent, now))}`;
    }
    case 'ended':
      return words.endedDetail;
  }
}
