import { type Look, printable, type Screen, styled } from './screen.js';
import { wrapText } from './wrap.js';

/** A column of a table for people. */
export interface Column {
  readonly title: string;
  /** Figures stand right. */
  readonly align?: 'left' | 'right';
}

/** A cell's text, and how a terminal shows it. */
export type Cell = string | { readonly text: string; readonly look: Look };

const GAP = '  ';
/** The last column is not squeezed into less. */
const MIN_WRAPPED = 16;

/**
 * The lines of a table. The last column takes what is left of the screen's width and is broken into
 * several lines; a pipe gets whole lines, for grep.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  screen: Screen,
): string[] {
  const texts = rows.map((row) => row.map((cell) => printable(textOf(cell))));
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...texts.map((row) => row[at]?.length ?? 0)),
  );
  const fitted = fit(widths, screen.columns);
  const looks = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? [] : cell.look)));
  const titles = columns.map(({ title }) => title);
  const hasTitles = titles.some((title) => title !== '');
  return [
    ...(hasTitles ? formatRow(titles, () => 'bold', columns, fitted, screen) : []),
    ...texts.flatMap((row, at) =>
      formatRow(row, (column) => looks[at]?.[column] ?? [], columns, fitted, screen),
    ),
  ];
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

/** The widths, of which the last gives way to the screen. */
function fit(widths: readonly number[], available: number | undefined): number[] {
  if (available === undefined) return [...widths];
  const before = widths.slice(0, -1);
  const taken = before.reduce((sum, width) => sum + width + GAP.length, 0);
  const last = Math.min(widths.at(-1) ?? 0, Math.max(MIN_WRAPPED, available - taken));
  return [...before, last];
}

function formatRow(
  texts: readonly string[],
  lookOf: (column: number) => Look,
  columns: readonly Column[],
  widths: readonly number[],
  screen: Screen,
): string[] {
  const wrapped = wrapText(texts.at(-1) ?? '', widths.at(-1) ?? 1);
  return wrapped.map((last, line) => {
    const cells = columns.map((column, at) => {
      const isLast = at === columns.length - 1;
      const shown = isLast ? last : line === 0 ? (texts[at] ?? '') : '';
      const width = widths[at] ?? 0;
      const padding = ' '.repeat(Math.max(0, width - shown.length));
      const text = shown === '' ? '' : styled(screen, lookOf(at), shown);
      if (column.align === 'right') return `${padding}${text}`;
      return isLast ? text : `${text}${padding}`;
    });
    return cells.join(GAP).trimEnd();
  });
}
