import { useSignal } from '@preact/signals';
import { SeverityBadge } from '../../parts/severity.js';
import type { ViewContext } from '../../shell/view-context.js';
import { text } from '../../texts/index.js';
import type { Directory } from '../live/directory.js';
import { reasonWords } from '../model/reasons.js';
import { subscriptionVerdictSchema, type SubscriptionVerdict } from '../model/schemas.js';
import { Suggestions } from '../ui/choice.js';
import { useAsking } from './asking.js';
import { CheckForm } from './check-form.js';

interface SubscriptionCheckProps {
  readonly context: ViewContext;
  readonly directory: Directory;
}

/** Says what a Subscribe of a user would be answered, and by which row or rule. */
export function SubscriptionCheck({ context: { rest }, directory }: SubscriptionCheckProps) {
  const words = text.admin.check;
  const user = useSignal('');
  const entity = useSignal('');
  const event = useSignal('');
  const asking = useAsking(() =>
    rest.post(
      '/admin/check-subscription',
      {
        UserName: user.value.trim(),
        EntityId: directory.names.idOf(entity.value),
        EventName: event.value.trim(),
      },
      subscriptionVerdictSchema,
    ),
  );
  return (
    <CheckForm
      title={words.subscription}
      action={words.checkSubscription}
      asking={asking}
      verdict={asking.answer === undefined ? null : <Verdict verdict={asking.answer} />}
    >
      <Suggestions
        label={words.user}
        value={user.value}
        options={directory.userNames}
        onInput={(value) => {
          user.value = value;
        }}
      />
      <Suggestions
        label={words.entity}
        value={entity.value}
        options={['*', ...directory.names.all.map(({ name }) => name)]}
        hint={words.entityHint}
        onInput={(value) => {
          entity.value = value;
        }}
      />
      <Suggestions
        label={words.event}
        value={event.value}
        options={['*', ...directory.eventNames]}
        hint={words.eventHint}
        onInput={(value) => {
          event.value = value;
        }}
      />
    </CheckForm>
  );
}

function Verdict({ verdict }: { readonly verdict: SubscriptionVerdict }) {
  const words = text.admin.check;
  const { Granted, Message, IsAskedLater, Events } = verdict;
  return (
    <div class="verdict">
      <p>
        <SeverityBadge
          severity={Granted ? 'ok' : 'critical'}
          label={Granted ? words.granted : words.refused}
        />{' '}
        {Message === null ? null : <b>{words.clientReads(Message)}</b>}
      </p>
      {IsAskedLater ? <p class="hint">{words.askedLater}</p> : null}
      <ul class="events-judged">{IsAskedLater ? null : Events.map((one) => judged(one))}</ul>
      <p class="hint">{words.mayNarrow}</p>
    </div>
  );
}

function judged(one: SubscriptionVerdict['Events'][number]) {
  const words = text.admin.check;
  return (
    <li key={one.EventName} data-granted={one.Granted}>
      <b>{one.EventName}</b> {one.Granted ? words.granted : words.refused}
      {one.Reason === null ? null : (
        <small>
          {reasonWords(one.Reason)}: {one.Detail}
        </small>
      )}
      {one.Rows.map(({ Relation, Roles, Reason }) => (
        <small key={Relation + Roles.join()}>
          {words.row(Relation, Roles.join(', '))} {Reason}
        </small>
      ))}
    </li>
  );
}
