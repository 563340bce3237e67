import type { ComponentChildren } from 'preact';
import { VisuallyHidden } from '../../parts/visually-hidden.js';
import { text } from '../../texts/index.js';
import { pressed, type Order } from '../model/order.js';

/** A column that rows may be put in order by. */
export interface DataColumn<Row> {
  readonly key: string;
  readonly label: string;
  readonly isFigure?: boolean;
  /** The column that says what the row is about; one of each table. */
  readonly isHeading?: boolean;
  /** Whether its head can be pressed, and which end comes first then. */
  readonly sorts?: 'ascending' | 'descending';
  readonly cell: (row: Row) => ComponentChildren;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly DataColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly empty: ComponentChildren;
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
  /** What there is to see of a row when it is opened; with it every row has a button. */
  readonly detail?: (row: Row) => ComponentChildren;
  /** The key of the row that is open. */
  readonly opened?: string | undefined;
  readonly onOpen?: (key: string | undefined) => void;
  /** What the button of a row opens, for screen readers. */
  readonly openLabel?: (row: Row) => string;
}

/** A table that can be put in order and whose rows open. On a phone each row is a card. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, empty, order, onOrder, detail } = props;
  const width = columns.length + (detail === undefined ? 0 : 1);
  return (
    // A region that scrolls has to be reached by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section class="table data-table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>
          <VisuallyHidden>{caption}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            {detail === undefined ? null : (
              <td class="opener">
                <VisuallyHidden>{text.admin.table.open}</VisuallyHidden>
              </td>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Rows key={keyOf(row)} row={row} width={width} table={props} />
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={width} class="empty">
                {empty}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

interface HeadProps<Row> {
  readonly column: DataColumn<Row>;
  readonly order: Order | undefined;
  readonly onOrder: ((order: Order) => void) | undefined;
}

function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const { key, label, isFigure, sorts } = column;
  const className = isFigure === true ? 'figure' : undefined;
  if (sorts === undefined || order === undefined) {
    return (
      <th scope="col" class={className}>
        {label}
      </th>
    );
  }
  const isBy = order.by === key;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={className} aria-sort={isBy ? direction : 'none'}>
      <button type="button" onClick={() => onOrder?.(pressed(order, key, sorts === 'descending'))}>
        {label}
        <span class="arrow" aria-hidden="true">
          {isBy ? (order.isDescending ? '▾' : '▴') : ''}
        </span>
      </button>
    </th>
  );
}

interface RowsProps<Row> {
  readonly row: Row;
  readonly width: number;
  readonly table: DataTableProps<Row>;
}

/** A row, and below it what there is to see of it when it is open. */
function Rows<Row>({ row, width, table }: RowsProps<Row>) {
  const { columns, keyOf, detail, opened, onOpen, openLabel } = table;
  const key = keyOf(row);
  const isOpen = detail !== undefined && opened === key;
  return (
    <>
      <tr class={isOpen ? 'is-open' : undefined}>
        {detail === undefined ? null : (
          <td class="opener">
            <button
              type="button"
              aria-expanded={isOpen}
              aria-label={openLabel?.(row)}
              onClick={() => onOpen?.(isOpen ? undefined : key)}
            >
              <span class="chevron" aria-hidden="true" />
            </button>
          </td>
        )}
        {columns.map((column) => (
          <Cell key={column.key} column={column} row={row} />
        ))}
      </tr>
      {isOpen ? (
        <tr class="detail">
          <td colSpan={width}>{detail(row)}</td>
        </tr>
      ) : null}
    </>
  );
}

function Cell<Row>({ column, row }: { readonly column: DataColumn<Row>; readonly row: Row }) {
  const { label, isFigure, isHeading, cell } = column;
  if (isHeading === true) return <th scope="row">{cell(row)}</th>;
  return (
    <td class={isFigure === true ? 'figure' : undefined} data-label={label}>
      {cell(row)}
    </td>
  );
}
