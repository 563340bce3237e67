import { formatDuration, formatMoment } from '../../texts/format.js';
import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { Icon, type IconName } from '../icon.js';
import { otherParty, placeOf } from '../parties.js';
import { TransferLine } from './call-card.js';
import type { OwnCall } from './own-call.js';
import { recentCalls } from './own-calls.js';

interface RecentCallsProps extends Pick<ViewContext, 'now'> {
  readonly desk: Desk;
}

/** The calls that are over, since the page was opened. */
export function RecentCalls({ desk, now }: RecentCallsProps) {
  const calls = recentCalls(desk.live.calls.value);
  return (
    <section class="card recent" aria-labelledby="recent-title">
      <h2 id="recent-title">{text.me.recent.title}</h2>
      {calls.length === 0 ? <p class="quiet">{text.me.recent.none}</p> : null}
      <ul>
        {calls.map((call) => (
          <RecentCall key={call.callId} call={call} desk={desk} now={now} />
        ))}
      </ul>
    </section>
  );
}

function RecentCall({ call, desk, now }: RecentCallsProps & { readonly call: OwnCall }) {
  const { answeredAt, endedAt, rangAt } = call;
  const begunAt = rangAt ?? answeredAt ?? endedAt;
  const direction = call.direction === 'in' ? text.me.recent.incoming : text.me.recent.outgoing;
  return (
    <li>
      <span class="recent-icon" data-missed={isMissed(call)}>
        <Icon name={iconOf(call)} />
        <span class="hidden-visually">{direction}</span>
      </span>
      <span class="recent-party">{otherParty(call)}</span>
      <span class="recent-time">{begunAt === null ? '' : formatMoment(begunAt, now.peek())}</span>
      <span class="recent-detail">
        {placeOf(call, desk)} · {resultOf(call)}
      </span>
      {call.result === 'sent-on' ? <TransferLine call={call} desk={desk} /> : null}
    </li>
  );
}

function resultOf({ answeredAt, endedAt, result, direction }: OwnCall): string {
  const { results, notReached, talked } = text.me.recent;
  if (result === null) return '';
  if (answeredAt === null) return direction === 'out' ? notReached : results[result];
  if (endedAt === null) return results[result];
  return `${talked(formatDuration(endedAt - answeredAt))} · ${results[result]}`;
}

function iconOf(call: OwnCall): IconName {
  if (call.direction === 'out') return 'outgoing';
  return isMissed(call) ? 'missed' : 'incoming';
}

/** Whether it came here and the user did not speak with the caller. */
function isMissed({ result }: OwnCall): boolean {
  switch (result) {
    case 'not-answered':
    case 'caller-gone':
    case 'answered-elsewhere':
    case 'diverted':
      return true;
    case 'over-by-us':
    case 'over-by-them':
    case 'sent-on':
    case 'not-seen':
    case null:
      return false;
  }
}
