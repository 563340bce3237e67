import { useSignal } from '@preact/signals';
import { Field } from '../../parts/field.js';
import type { ViewContext } from '../../shell/view-context.js';
import { formatDateTime, formatNumber, formatTime } from '../../texts/format.js';
import { text } from '../../texts/index.js';
import { usePolled } from '../live/polled.js';
import type { EntityNames } from '../model/names.js';
import { inOrder, type Order } from '../model/order.js';
import { reasonWords } from '../model/reasons.js';
import { refusalsSchema, type Refusal } from '../model/schemas.js';
import { Choice } from '../ui/choice.js';
import { DataTable, type DataColumn } from '../ui/data-table.js';
import { Panel } from '../ui/panel.js';

interface RefusalsPanelProps {
  readonly context: ViewContext;
  readonly names: EntityNames;
}

/** Of today, for whoever looks at it by day. */
const RECENT_MS = 12 * 3_600_000;

const KINDS = ['login', 'connect', 'subscribe', 'read', 'change', 'administration'] as const;

/** What was refused lately, with the reasons that clients are not told. */
export function RefusalsPanel({ context, names }: RefusalsPanelProps) {
  const words = text.admin.refusals;
  const search = useSignal('');
  const kind = useSignal('');
  const order = useSignal<Order>({ by: 'Last', isDescending: true });
  const { body, problem } = usePolled(context.rest, '/admin/refusals', refusalsSchema);
  const rows = inOrder(
    (body?.Refusals ?? [])
      .filter(({ Kind }) => kind.value === '' || Kind === kind.value)
      .filter((one) => textOf(one, names).includes(search.value.trim().toLowerCase())),
    order.value,
    (one) => (order.value.by === 'Count' ? one.Count : one.Last),
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
            search.value = value;
          }}
        />
        <Choice
          label={words.kindLabel}
          value={kind.value}
          options={[
            { value: '', label: words.anyKind },
            ...KINDS.map((one) => ({ value: one, label: words.kind[one] })),
          ]}
          onChange={(value) => {
            kind.value = value;
          }}
        />
      </div>
      <DataTable
        caption={words.title}
        columns={columnsOf(names, context)}
        rows={rows}
        keyOf={keyOf}
        empty={emptyText(body?.Total)}
        order={order.value}
        onOrder={(next) => {
          order.value = next;
        }}
      />
    </Panel>
  );
}

function emptyText(total: number | undefined): string {
  if (total === undefined) return text.admin.reading;
  return total === 0 ? text.admin.refusals.none : text.admin.refusals.noneFound;
}

function keyOf({
  Kind,
  Reason,
  UserId,
  UserName,
  RemoteAddress,
  EntityId,
  ...one
}: Refusal): string {
  return JSON.stringify([
    Kind,
    Reason,
    UserId,
    UserName,
    RemoteAddress,
    EntityId,
    one.EventName,
    one.First,
  ]);
}

/** What is searched in. */
function textOf(one: Refusal, names: EntityNames): string {
  const { UserName, Reason, Detail, RemoteAddress, EntityId, EventName } = one;
  const about = EntityId === null ? '' : `${EntityId} ${names.nameOf(EntityId)}`;
  return [UserName, Reason, reasonWords(Reason), Detail, RemoteAddress, about, EventName]
    .join(' ')
    .toLowerCase();
}

/** The time; with the day when it is not of the last hours. */
function momentOf(at: number, now: number): string {
  return now - at < RECENT_MS ? formatTime(at) : formatDateTime(at);
}

function columnsOf(names: EntityNames, { now }: ViewContext): readonly DataColumn<Refusal>[] {
  const { column, kind, claimed, unknown } = text.admin.refusals;
  return [
    {
      key: 'Last',
      label: column.last,
      sorts: 'descending',
      cell: ({ Last }) => <time dateTime={Last}>{momentOf(Date.parse(Last), now.peek())}</time>,
    },
    { key: 'kind', label: column.what, cell: ({ Kind }) => kind[Kind] },
    {
      key: 'who',
      label: column.who,
      isHeading: true,
      cell: ({ UserName, UserId, IsClaimed }) => (
        <>
          {UserName ?? UserId ?? unknown}
          {IsClaimed && UserName !== null ? <small>{claimed}</small> : null}
        </>
      ),
    },
    {
      key: 'why',
      label: column.why,
      cell: ({ Reason, Detail }) => (
        <span class="why">
          {reasonWords(Reason)}
          {Detail === '' ? null : <small>{Detail}</small>}
        </span>
      ),
    },
    {
      key: 'about',
      label: column.about,
      cell: ({ EventName, EntityId }) => (
        <>
          {EventName}
          {EntityId === null ? null : <small>{names.nameOf(EntityId)}</small>}
        </>
      ),
    },
    { key: 'from', label: column.from, cell: ({ RemoteAddress }) => <code>{RemoteAddress}</code> },
    {
      key: 'Count',
      label: column.count,
      isFigure: true,
      sorts: 'descending',
      cell: ({ Count }) => formatNumber(Count),
    },
  ];
}
