import type { ReadonlySignal } from '@preact/signals';
import { Duration } from '../../parts/duration.js';
import { formatDuration } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { currentCalls } from '../calls/own-calls.js';
import type { Desk } from '../desk.js';
import { Icon, type IconName } from '../icon.js';
import type { OwnStatus, Standing } from './own-status.js';
import { headlineWords, whyWords } from './words.js';
import { type WrapUp, wrapUpOf, wrapUpProgress } from './wrap-up.js';
import './status.css';

interface StatusCardProps {
  readonly desk: Desk;
  readonly now: ReadonlySignal<number>;
}

/** Whether a call may come now, and if not, why not. */
export function StatusCard({ desk, now }: StatusCardProps) {
  const status = desk.live.status.value;
  return (
    <section class="card standing" data-tone={toneOf(status)} aria-labelledby="standing-title">
      <h2 id="standing-title" class="hidden-visually">
        {text.me.status.title}
      </h2>
      {status === undefined ? (
        <p class="quiet">{text.me.status.unknown}</p>
      ) : (
        <Known status={status} desk={desk} now={now} />
      )}
    </section>
  );
}

function Known({ status, desk, now }: StatusCardProps & { readonly status: OwnStatus }) {
  const { headline } = status.standing;
  const isRinging = headline === 'talking' && isOnlyRinging(desk);
  const wrapUp = headline === 'wrap-up' ? wrapUpOf(status.fields) : undefined;
  return (
    <>
      <div class="standing-sign">
        {wrapUp === undefined ? (
          <Icon name={isRinging ? 'ringing' : ICONS[headline]} />
        ) : (
          <WrapUpRing wrapUp={wrapUp} now={now} />
        )}
      </div>
      <div class="standing-words">
        <p class="standing-headline">
          {isRinging ? text.me.status.ringing : headlineWords(headline, desk)}
          <TimeInIt status={status} wrapUp={wrapUp} now={now} />
        </p>
        <p class="standing-offer">
          {headline === 'free' ? text.me.status.offered : text.me.status.notOffered}
        </p>
        <p class="quiet">{whyWords(headline, desk)}</p>
        <Besides standing={status.standing} desk={desk} />
        <Footnotes status={status} desk={desk} />
      </div>
    </>
  );
}

interface TimeInItProps {
  readonly status: OwnStatus;
  readonly wrapUp: WrapUp | undefined;
  readonly now: ReadonlySignal<number>;
}

/** A wrap-up counts down; all else counts up. */
function TimeInIt({ status: { since }, wrapUp, now }: TimeInItProps) {
  if (wrapUp !== undefined) {
    const { secondsLeft } = wrapUpProgress(wrapUp, now.value);
    const left = text.me.status.wrapUpLeft(formatDuration(secondsLeft * 1000));
    return <span class="standing-time">{left}</span>;
  }
  return (
    <span class="standing-time">
      {since.isLowerBound ? text.me.status.sinceAtLeast : text.me.status.since}{' '}
      <Duration since={since.at} now={now} />
    </span>
  );
}

interface BesidesProps {
  readonly standing: Standing;
  readonly desk: Desk;
}

function Besides({ standing: { besides }, desk }: BesidesProps) {
  if (besides.length === 0) return null;
  return (
    <p class="standing-besides">
      {text.me.status.besides} {besides.map((obstacle) => headlineWords(obstacle, desk)).join(', ')}
    </p>
  );
}

function Footnotes({
  status: { fields },
  desk,
}: {
  readonly status: OwnStatus;
  readonly desk: Desk;
}) {
  const { activeQueues, parkedCalls } = fields;
  const names = desk.queues.value?.map(({ name }) => name) ?? [];
  // Only when all are active is it known which.
  const which = names.length > 0 && names.length === activeQueues ? `: ${names.join(', ')}` : '';
  return (
    <ul class="standing-notes">
      {activeQueues > 0 ? <li>{text.me.status.activeQueues(activeQueues, which)}</li> : null}
      {parkedCalls > 0 ? <li class="strong">{text.me.status.parked(parkedCalls)}</li> : null}
    </ul>
  );
}

const RADIUS = 20;
const LENGTH = 2 * Math.PI * RADIUS;

/** What is left of the wrap-up; the words beside it say it, too. */
function WrapUpRing({
  wrapUp,
  now,
}: {
  readonly wrapUp: WrapUp;
  readonly now: ReadonlySignal<number>;
}) {
  const { secondsLeft, share } = wrapUpProgress(wrapUp, now.value);
  return (
    <svg class="ring" viewBox="0 0 48 48" aria-hidden="true">
      <circle class="ring-all" cx="24" cy="24" r={RADIUS} />
      <circle
        class="ring-left"
        cx="24"
        cy="24"
        r={RADIUS}
        stroke-dasharray={`${String(LENGTH * share)} ${String(LENGTH)}`}
      />
      <text x="24" y="24">
        {secondsLeft}
      </text>
    </svg>
  );
}

function isOnlyRinging(desk: Desk): boolean {
  const calls = currentCalls(desk.live.calls.value);
  return calls.length > 0 && calls.every(({ phase }) => phase === 'ringing');
}

function toneOf(status: OwnStatus | undefined): string {
  switch (status?.standing.headline) {
    case 'free':
      return 'ok';
    case 'talking':
      return 'active';
    case 'wrap-up':
    case 'no-terminal':
    case 'phone':
      return 'warning';
    case 'off-work':
    case 'unavailable':
    case 'not-serving':
    case 'no-active-queue':
    case 'picks-calls':
    case undefined:
      return 'off';
  }
}

const ICONS: Readonly<Record<Standing['headline'], IconName>> = {
  free: 'free',
  talking: 'phone',
  'wrap-up': 'wrap-up',
  'off-work': 'off-work',
  unavailable: 'do-not-disturb',
  'not-serving': 'off-work',
  'no-active-queue': 'pause',
  'picks-calls': 'pause',
  'no-terminal': 'no-phone',
  phone: 'no-phone',
};
