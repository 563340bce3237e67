import { styleText } from 'node:util';
import type { Environment } from '../config/index.js';

/** Looks that a text on a terminal may have. */
export type Look = Parameters<typeof styleText>[0];

/** What an output of the process is: a terminal, or a pipe or file. */
export interface Screen {
  readonly isTerminal: boolean;
  /** Characters in a line; undefined for a pipe or file, whose lines have no end. */
  readonly columns: number | undefined;
  readonly hasColours: boolean;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** A terminal that does not tell its width. */
const USUAL_COLUMNS = 80;

/**
 * What is known of an output. Colours are for terminals, unless NO_COLOR (no-color.org) forbids or
 * FORCE_COLOR (force-color.org) demands them; NO_COLOR wins. Both count when they are not empty, and
 * `FORCE_COLOR=0` forbids, as Node has it.
 */
export function screenOf(output: Output, env: Environment): Screen {
  const isTerminal = output.isTTY === true;
  const columns = output.columns === undefined || output.columns < 1 ? undefined : output.columns;
  return {
    isTerminal,
    columns: isTerminal ? (columns ?? USUAL_COLUMNS) : undefined,
    hasColours: hasColours(isTerminal, env),
  };
}

function hasColours(isTerminal: boolean, env: Environment): boolean {
  const { NO_COLOR: never = '', FORCE_COLOR: always = '', TERM: terminal } = env;
  if (never !== '') return false;
  if (always !== '') return always !== '0' && always !== 'false';
  return isTerminal && terminal !== 'dumb';
}

/** The text in that look, if the screen shows any. */
export function styled(screen: Screen, look: Look, text: string): string {
  return screen.hasColours ? styleText(look, text, { validateStream: false }) : text;
}

/**
 * The text without the control characters by which a value from outside could move the cursor or
 * change the terminal (CWE-150).
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, '\ufffd');
}
