import type { Io } from './io.js';
import { printable, styled } from './screen.js';

/** How far long work is. */
export interface ProgressState {
  /** From 0 to 1; undefined when nobody knows how much there is. */
  readonly fraction: number | undefined;
  /** What stands beside the bar; short enough for a line. */
  readonly text: string;
}

/** Shows on the error output how long work goes on. */
export interface Progress {
  /** Writes a line that stays, above the bar. */
  line(text: string): void;
  /** Takes the bar away. */
  stop(): void;
}

/** On a terminal a line is drawn anew so often that it seems to move; elsewhere lines add up. */
const DRAW_MS = 200;
const LINE_MS = 5_000;

/** Room for the `^C` that a terminal shows; it must not wrap the line. */
const MARGIN = 3;
const MAX_BAR = 30;
const MIN_BAR = 8;
/** Back to the start of the line, and clear it (ECMA-48: CR, EL). */
const CLEAR_LINE = '\r\u001b[K';

/**
 * Shows progress until `stop`: a bar where the error output is a terminal, else a line every five
 * seconds, so that a log stays short.
 * @param state asked each time something is to be shown
 */
export function startProgress(
  io: Pick<Io, 'draw' | 'error' | 'errorScreen'>,
  state: () => ProgressState,
): Progress {
  const { isTerminal, columns = 80 } = io.errorScreen;
  if (!isTerminal) {
    const timer = setInterval(() => io.error(plainLine(state())), LINE_MS);
    return { line: (text) => io.error(printable(text)), stop: () => clearInterval(timer) };
  }
  const draw = (): void => {
    const bar = styled(io.errorScreen, 'cyan', barOf(state(), columns));
    io.draw(`${CLEAR_LINE}${bar}${textOf(state(), columns)}`);
  };
  const timer = setInterval(draw, DRAW_MS);
  draw();
  return {
    line(text) {
      io.draw(CLEAR_LINE);
      io.error(printable(text));
      draw();
    },
    stop() {
      clearInterval(timer);
      io.draw(CLEAR_LINE);
    },
  };
}

function plainLine({ fraction, text }: ProgressState): string {
  return printable(fraction === undefined ? text : `${percent(fraction)} ${text}`);
}

function barOf({ fraction, text }: ProgressState, columns: number): string {
  const width = Math.min(MAX_BAR, columns - text.length - '[] 100 % '.length - MARGIN);
  if (fraction === undefined || width < MIN_BAR) return '';
  const full = Math.round(within(fraction) * width);
  return `[${'='.repeat(full)}${' '.repeat(width - full)}] `;
}

/** Never wider than the line: a line that wraps can't be drawn over. */
function textOf(state: ProgressState, columns: number): string {
  const bar = barOf(state, columns).length;
  return plainLine(state).slice(0, Math.max(0, columns - bar - MARGIN));
}

function percent(fraction: number): string {
  return `${String(Math.floor(within(fraction) * 100)).padStart(3)} %`;
}

function within(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}
