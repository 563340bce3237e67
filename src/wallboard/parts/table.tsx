import type { ComponentChildren } from 'preact';
import { VisuallyHidden } from './visually-hidden.js';

/** A column of a table, and what a row has in it. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** Figures stand at the end, below each other. */
  readonly isFigure?: boolean;
  /** The column that says what the row is about; one of each table. */
  readonly isHeading?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

interface TableProps<Row> {
  /** What the table is about. */
  readonly caption: string;
  /** Whether the caption stands there already in other words, so that only screen readers get it. */
  readonly hidesCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What stands in the place of the rows when there are none. */
  readonly empty: string;
}

/** A table that scrolls within itself where the page is too narrow. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, hidesCaption = false, columns, rows, keyOf, empty } = props;
  return (
    // A region that scrolls has to be reached by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section class="table" aria-label={caption} tabIndex={0}>
      <table>
        <caption>{hidesCaption ? <VisuallyHidden>{caption}</VisuallyHidden> : caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, label, isFigure }) => (
              <th key={key} scope="col" class={isFigure === true ? 'figure' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
          {rows.length === 0 ? (
            <tr>
              <td colSpan={columns.length} class="empty">
                {empty}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </section>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const content = column.cell(row);
  if (column.isHeading === true) return <th scope="row">{content}</th>;
  return <td class={column.isFigure === true ? 'figure' : undefined}>{content}</td>;
}
