import './me.css';
import type { LinkState } from '../shell/link-state.js';
import type { ViewProps } from '../shell/view-context.js';
import { text } from '../texts/index.js';
import { Announcer } from './alerts/announcer.js';
import { NotifyButton, useRingAlerts } from './alerts/notify.js';
import { AvailabilityCard } from './availability/availability-card.js';
import { CallbacksCard } from './callback/callbacks-card.js';
import { CallCards } from './calls/call-card.js';
import { RecentCalls } from './calls/recent-calls.js';
import { deskOf } from './desk.js';
import { Explanation } from './explanation.js';
import { StatusCard } from './status/status-card.js';

/** An agent's own page: the status, the call, the availability, the callbacks. */
export function View({ context }: ViewProps) {
  const desk = deskOf(context);
  const { me, now } = context;
  const blocked = isReachable(context.link.value) ? undefined : text.me.blocked;
  useRingAlerts(desk);
  return (
    <div class="desk">
      <header class="desk-head">
        <h1>{text.me.title}</h1>
        <NotifyButton />
      </header>
      <Announcer desk={desk} />
      <div class="desk-columns">
        <div class="desk-column">
          <Explanation desk={desk} role={me.role} />
          <StatusCard desk={desk} now={now} />
          <CallCards desk={desk} now={now} />
          <AvailabilityCard availability={desk.availability} now={now} blocked={blocked} />
        </div>
        <div class="desk-column">
          <CallbacksCard desk={desk} me={me.id} now={now} blocked={blocked} />
          <RecentCalls desk={desk} now={now} />
        </div>
      </div>
    </div>
  );
}

/** Whether the hub can be asked for something. A source that is away hinders nobody here. */
function isReachable(link: LinkState): boolean {
  switch (link.kind) {
    case 'live':
    case 'stale':
    case 'down':
      return true;
    case 'connecting':
    case 'reconnecting':
    case 'ended':
      return false;
  }
}
