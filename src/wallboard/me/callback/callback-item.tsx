import type { ReadonlySignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { type Severity, SeverityBadge } from '../../parts/severity.js';
import { formatMoment } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { Icon } from '../icon.js';
import type { Callback } from './callback.js';
import { CallbackPanel } from './callback-panel.js';
import { expiresSoon, type Urgency, urgencyOf } from './urgency.js';
import { nameOf, nameOfContact, timeWords } from './words.js';

interface CallbackItemProps {
  readonly callback: Callback;
  readonly desk: Desk;
  /** Id of the user. */
  readonly me: string;
  readonly now: ReadonlySignal<number>;
  readonly isBlocked: boolean;
}

/** A request in one line, and all of it while it lies open. */
export function CallbackItem(props: CallbackItemProps) {
  const { callback, desk, me, now } = props;
  const work = desk.bench.works.value.get(callback.id);
  const urgency = urgencyOf(callback, now.value);
  const panelId = `callback-${callback.id}`;
  const who = nameOfContact(callback);
  const toggle = (): void => {
    if (work === undefined) desk.bench.open(callback);
    else desk.bench.close(callback.id);
  };
  return (
    <li class="callback" data-urgency={urgency} data-open={work !== undefined}>
      <div class="callback-line">
        <button
          type="button"
          class="callback-toggle"
          aria-expanded={work !== undefined}
          aria-controls={panelId}
          aria-label={text.me.callbacks.open(who)}
          onClick={toggle}
        >
          <Icon name="chevron" />
        </button>
        <div class="callback-who">
          <p class="callback-name" dir="auto">
            {who}
          </p>
          <p class="quiet small">{about(callback, desk, me, now.value)}</p>
        </div>
        <div class="callback-side">
          <UrgencyMark callback={callback} urgency={urgency} now={now.value} />
          <Actions {...props} />
        </div>
      </div>
      <div id={panelId}>{work === undefined ? null : <CallbackPanel {...props} work={work} />}</div>
    </li>
  );
}

/** Where it comes from, and who has it. */
function about(callback: Callback, desk: Desk, me: string, now: number): string {
  const words = text.me.callbacks;
  const list = desk.callbacks.lists.value?.find(({ id }) => id === callback.listId)?.name;
  const { assignedTo, expiresAt } = callback;
  const parts = [list ?? callback.channel, formatMoment(callback.createdAt, now)];
  if (assignedTo !== null) parts.push(words.takenBy(nameOf(assignedTo, me, desk.names)));
  if (callback.attempts.length > 0) parts.push(words.attempts(callback.attempts.length));
  if (expiresAt !== null && expiresSoon(callback, now)) {
    parts.push(words.expires(formatMoment(expiresAt, now)));
  }
  return parts.filter((part) => part !== '').join(' · ');
}

const SEVERITIES: Readonly<Record<Urgency, Severity | undefined>> = {
  overdue: 'critical',
  due: 'warning',
  open: undefined,
  'put-off': undefined,
};

function UrgencyMark({
  callback,
  urgency,
  now,
}: {
  readonly callback: Callback;
  readonly urgency: Urgency;
  readonly now: number;
}) {
  const severity = SEVERITIES[urgency];
  const words = timeWords(callback, now);
  if (severity === undefined) return <span class="callback-time quiet small">{words}</span>;
  return (
    <span class="callback-time">
      <SeverityBadge severity={severity} label={words} />
    </span>
  );
}

/** To call, and to take it at once. */
function Actions({ callback, desk, isBlocked }: CallbackItemProps) {
  const words = text.me.callbacks;
  const { contactNumber, assignedTo, isClosed } = callback;
  const isBusy = desk.bench.works.value.get(callback.id)?.isBusy === true;
  return (
    <div class="callback-actions">
      {contactNumber === '' ? null : (
        <a class="button" href={`tel:${contactNumber}`} aria-label={words.call(contactNumber)}>
          <Icon name="phone" />
          <span>{contactNumber}</span>
        </a>
      )}
      {assignedTo !== null || isClosed ? null : (
        <Button
          disabled={isBlocked || isBusy}
          aria-label={words.takeIt(nameOfContact(callback))}
          onClick={() => void desk.bench.assign(callback, true)}
        >
          {words.take}
        </Button>
      )}
    </div>
  );
}
