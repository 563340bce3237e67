import { useSignal } from '@preact/signals';
import { Button } from '../../parts/button.js';
import { RestError } from '../../shell/rest-error.js';
import type { ViewContext } from '../../shell/view-context.js';
import { formatDateTime, formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { usePolled } from '../live/polled.js';
import { formatBytes } from '../model/figures.js';
import type { EntityNames } from '../model/names.js';
import {
  connectionDetailSchema,
  type Connection,
  type ConnectionDetail,
} from '../model/schemas.js';

interface ConnectionDetailsProps {
  readonly context: ViewContext;
  readonly connection: Connection;
  readonly names: EntityNames;
  /** It was ended from here. */
  readonly onEnded: () => void;
}

/** What there is to know of one connection, and what can be done about it. */
export function ConnectionDetails(props: ConnectionDetailsProps) {
  const { context, connection, names, onEnded } = props;
  const words = text.admin.connections.detail;
  const path = `/admin/connections/${connection.Id}`;
  const { body } = usePolled(context.rest, path, connectionDetailSchema);
  const now = body ?? connection;
  return (
    <div class="details">
      <dl class="facts">
        <Fact label={words.id} value={now.Id} isCode />
        <Fact label={words.client} value={now.UserAgent ?? words.unnamed} />
        <Fact label={words.opened} value={formatDateTime(Date.parse(now.Since))} />
        <Fact label={words.resumable} value={now.IsStateful ? words.yes : words.no} />
        <Fact
          label={words.waiting}
          value={words.waitingFor(formatNumber(now.WaitingMessages), formatBytes(now.WaitingBytes))}
        />
        <Fact label={words.dropped} value={formatNumber(now.DroppedMessages)} />
        <Fact label={words.conflated} value={formatNumber(now.ConflatedMessages)} />
      </dl>
      <Subscriptions items={body?.SubscribedTo} count={now.Subscriptions} names={names} />
      <Ending context={context} path={path} onEnded={onEnded} />
    </div>
  );
}

interface FactProps {
  readonly label: string;
  readonly value: string;
  readonly isCode?: boolean;
}

function Fact({ label, value, isCode = false }: FactProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{isCode ? <code>{value}</code> : value}</dd>
    </div>
  );
}

interface SubscriptionsProps {
  readonly items: ConnectionDetail['SubscribedTo'] | undefined;
  readonly count: number;
  readonly names: EntityNames;
}

function Subscriptions({ items, count, names }: SubscriptionsProps) {
  const words = text.admin.connections.detail;
  return (
    <div>
      <h3>{words.subscriptions(formatNumber(count))}</h3>
      <ul class="chips">
        {(items ?? []).map(({ EntityId, EventName }) => (
          <li key={`${EntityId} ${EventName}`}>
            <b>{EventName === '*' ? words.everyEvent : EventName}</b>{' '}
            {EntityId === '*' ? words.everyEntity : names.nameOf(EntityId)}
          </li>
        ))}
      </ul>
      {items !== undefined && items.length < count ? (
        <p class="hint">{words.firstOnly(formatNumber(items.length))}</p>
      ) : null}
    </div>
  );
}

interface EndingProps {
  readonly context: ViewContext;
  readonly path: string;
  readonly onEnded: () => void;
}

function Ending({ context, path, onEnded }: EndingProps) {
  const words = text.admin.connections.detail;
  const said = useSignal('');
  const end = async (mayComeBack: boolean): Promise<void> => {
    try {
      await context.rest.delete(`${path}?AllowReconnect=${String(mayComeBack)}`);
      said.value = words.ended;
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      said.value = error.message;
    }
    onEnded();
  };
  return (
    <div class="actions">
      <Button onClick={() => void end(true)}>{words.reconnect}</Button>
      <Button onClick={() => void end(false)}>{words.endForGood}</Button>
      <output>{said.value}</output>
      <p class="hint">{words.endHint}</p>
    </div>
  );
}
