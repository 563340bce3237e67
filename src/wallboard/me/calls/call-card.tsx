import type { ReadonlySignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Duration } from '../../parts/duration.js';
import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import { Icon } from '../icon.js';
import { isId, otherParty, placeOf, targetOf } from '../parties.js';
import type { OwnCall } from './own-call.js';
import { currentCalls } from './own-calls.js';
import './calls.css';

interface CallCardProps {
  readonly desk: Desk;
  readonly now: ReadonlySignal<number>;
}

/** The calls that go on. There may be one of which nothing is known but that it is there. */
export function CallCards({ desk, now }: CallCardProps) {
  const calls = currentCalls(desk.live.calls.value);
  const status = desk.live.status.value;
  if (calls.length === 0 && status?.fields.talking !== true) return null;
  return (
    <section class="calls" aria-label={text.me.call.title}>
      {calls.length === 0 ? <UnknownCall desk={desk} /> : null}
      {calls.map((call) => (
        <CallCard key={call.callId} call={call} desk={desk} now={now} />
      ))}
    </section>
  );
}

function CallCard({ call, desk, now }: CallCardProps & { readonly call: OwnCall }) {
  const isRinging = call.phase === 'ringing';
  return (
    <article class="card call" data-phase={call.phase}>
      <p class="call-kind">
        <Icon name={isRinging ? 'ringing' : call.direction === 'in' ? 'incoming' : 'outgoing'} />
        {isRinging ? text.me.call.incoming : text.me.call.talking}
        <span class="call-place">{placeOf(call, desk)}</span>
      </p>
      <p class="call-party">{otherParty(call)}</p>
      <Times call={call} desk={desk} now={now} />
      <TransferLine call={call} desk={desk} />
    </article>
  );
}

/** How long it rings or lasts, and how long the caller waited before. */
function Times({ call, desk, now }: CallCardProps & { readonly call: OwnCall }) {
  const { rangAt, answeredAt } = call;
  const arrivedAt =
    call.isOfQueue === false ? undefined : desk.live.arrivals.value.get(call.callId)?.at;
  const words = text.me.call;
  return (
    <p class="call-times">
      {answeredAt === null ? null : (
        <span class="call-duration">
          <span class="hidden-visually">{words.talkingFor} </span>
          <Duration since={answeredAt} now={now} />
        </span>
      )}
      {answeredAt !== null || rangAt === null ? null : (
        <span>
          {words.ringingFor} <Duration since={rangAt} now={now} />
        </span>
      )}
      {arrivedAt === undefined ? null : (
        <span>
          {answeredAt === null ? words.waiting : words.waited}{' '}
          <Duration since={arrivedAt} until={answeredAt ?? undefined} now={now} />
        </span>
      )}
    </p>
  );
}

/** Where the call is being sent. */
export function TransferLine({ call, desk }: { readonly call: OwnCall; readonly desk: Desk }) {
  const { transfer } = call;
  const target = transfer?.target ?? '';
  useEffect(() => {
    if (isId(target)) void desk.names.want([target]);
  }, [target, desk]);
  if (transfer === null) return null;
  const name = targetOf(target, desk);
  const words = text.me.call.transfer;
  return (
    <p class="call-transfer">
      <Icon name="transfer" />
      {transfer.step === 'started'
        ? words.started(name, transfer.isBlind)
        : words[transfer.step](name)}
    </p>
  );
}

/** After a reload the events of the call are gone; the status says what is left. */
function UnknownCall({ desk }: { readonly desk: Desk }) {
  const queueId = desk.live.status.value?.fields.activeQueueId ?? null;
  const queue = desk.queues.value?.find(({ id }) => id === queueId);
  return (
    <article class="card call" data-phase="unknown">
      <p class="call-kind">
        <Icon name="phone" />
        {text.me.call.unknownTitle}
      </p>
      {queue === undefined ? null : <p>{text.me.call.unknownQueue(queue.name)}</p>}
      <p class="quiet">{text.me.call.unknownDetail}</p>
    </article>
  );
}
