import { useSignal } from '@preact/signals';
import { SeverityBadge } from '../../parts/severity.js';
import { Field } from '../../parts/field.js';
import { Duration } from '../../parts/duration.js';
import type { ViewContext } from '../../shell/view-context.js';
import { formatNumber } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { usePolled } from '../live/polled.js';
import { formatBytes, severityOfWaiting, shortAgent } from '../model/figures.js';
import type { EntityNames } from '../model/names.js';
import type { Order } from '../model/order.js';
import { connectionsSchema, type Connection } from '../model/schemas.js';
import { DataTable, type DataColumn } from '../ui/data-table.js';
import { Figure, Figures, Panel } from '../ui/panel.js';
import { ConnectionDetails } from './connection-details.js';

interface ConnectionsPanelProps {
  readonly context: ViewContext;
  readonly names: EntityNames;
}

const LIMIT = 200;

/** Who is connected, how, and what waits for them. */
export function ConnectionsPanel({ context, names }: ConnectionsPanelProps) {
  const words = text.admin.connections;
  const search = useSignal('');
  const order = useSignal<Order>({ by: 'UserName', isDescending: false });
  const opened = useSignal<string | undefined>(undefined);
  const path = pathOf(search.value, order.value);
  const { body, problem, refresh } = usePolled(context.rest, path, connectionsSchema);
  const rows = body?.Connections ?? [];
  const details = (row: Connection) => (
    <ConnectionDetails context={context} connection={row} names={names} onEnded={refresh} />
  );
  return (
    <Panel title={words.title} lead={words.lead} asOf={body?.AsOf} problem={problem}>
      <div class="filters">
        <Field
          label={words.search}
          name="search"
          type="search"
          value={search.value}
          onInput={(value) => {
            search.value = value.slice(0, 100);
          }}
        />
        {body === undefined ? null : <Summary rows={rows} total={body.Total} />}
      </div>
      <DataTable
        caption={words.title}
        columns={columnsOf(context)}
        rows={rows}
        keyOf={({ Id }) => Id}
        empty={emptyText(body === undefined, search.value)}
        order={order.value}
        onOrder={(next) => {
          order.value = next;
        }}
        opened={opened.value}
        onOpen={(key) => {
          opened.value = key;
        }}
        openLabel={({ DisplayName }) => words.open(DisplayName)}
        detail={details}
      />
      {body !== undefined && body.Matching > rows.length ? (
        <p class="more">{words.more(formatNumber(rows.length), formatNumber(body.Matching))}</p>
      ) : null}
    </Panel>
  );
}

function emptyText(isReading: boolean, search: string): string {
  const { reading, connections } = text.admin;
  if (isReading) return reading;
  return search === '' ? connections.none : connections.noneFound;
}

function pathOf(search: string, { by, isDescending }: Order): string {
  const query = new URLSearchParams({
    OrderBy: by,
    Descending: String(isDescending),
    Limit: String(LIMIT),
  });
  if (search.trim() !== '') query.set('Search', search.trim());
  return `/admin/connections?${query.toString()}`;
}

/** How many there are; what they have together only while all of them are shown. */
function Summary({
  rows,
  total,
}: {
  readonly rows: readonly Connection[];
  readonly total: number;
}) {
  const words = text.admin.connections;
  const all = <Figure label={words.total}>{formatNumber(total)}</Figure>;
  if (rows.length < total) return <Figures>{all}</Figures>;
  const waiting = rows.reduce((sum, { WaitingBytes }) => sum + WaitingBytes, 0);
  const worst = Math.max(0, ...rows.map(({ WaitingBytes }) => WaitingBytes));
  return (
    <Figures>
      {all}
      <Figure label={words.people}>
        {formatNumber(new Set(rows.map(({ UserId }) => UserId)).size)}
      </Figure>
      <Figure label={words.subscriptions}>
        {formatNumber(rows.reduce((sum, { Subscriptions }) => sum + Subscriptions, 0))}
      </Figure>
      <Figure label={words.waiting} severity={severityOfWaiting(worst)}>
        {formatBytes(waiting)}
      </Figure>
    </Figures>
  );
}

function columnsOf({ now }: ViewContext): readonly DataColumn<Connection>[] {
  const { column } = text.admin.connections;
  return [
    {
      key: 'UserName',
      label: column.user,
      isHeading: true,
      sorts: 'ascending',
      cell: ({ DisplayName, UserName, Role }) => (
        <>
          {DisplayName}
          <small>{[UserName, text.admin.role[Role]].filter(Boolean).join(' · ')}</small>
        </>
      ),
    },
    {
      key: 'transport',
      label: column.transport,
      cell: ({ Transport, Protocol }) => (
        <>
          {Transport} <small>{Protocol}</small>
        </>
      ),
    },
    {
      key: 'client',
      label: column.client,
      cell: ({ RemoteAddress, UserAgent }) => (
        <>
          <code>{RemoteAddress}</code>
          <small>{UserAgent === null ? '' : shortAgent(UserAgent)}</small>
        </>
      ),
    },
    {
      key: 'Since',
      label: column.since,
      isFigure: true,
      sorts: 'ascending',
      cell: ({ Since }) => <Duration since={Date.parse(Since)} now={now} />,
    },
    {
      key: 'LastReceived',
      label: column.heard,
      isFigure: true,
      sorts: 'descending',
      cell: ({ LastReceived }) => <Duration since={Date.parse(LastReceived)} now={now} />,
    },
    {
      key: 'Subscriptions',
      label: column.subscriptions,
      isFigure: true,
      sorts: 'descending',
      cell: ({ Subscriptions }) => formatNumber(Subscriptions),
    },
    {
      key: 'SentMessages',
      label: column.sent,
      isFigure: true,
      sorts: 'descending',
      cell: ({ SentMessages }) => formatNumber(SentMessages),
    },
    {
      key: 'WaitingBytes',
      label: column.waiting,
      isFigure: true,
      sorts: 'descending',
      cell: ({ WaitingBytes }) => <Waiting bytes={WaitingBytes} />,
    },
  ];
}

/** Nothing of it stands out while all is well. */
function Waiting({ bytes }: { readonly bytes: number }) {
  const severity = severityOfWaiting(bytes);
  if (severity === 'ok') return <>{formatBytes(bytes)}</>;
  return <SeverityBadge severity={severity} label={formatBytes(bytes)} />;
}
