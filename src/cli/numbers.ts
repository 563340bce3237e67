import { UsageError } from './command.js';

/** What an option takes. */
export interface Range {
  readonly min: number;
  readonly max: number;
  /** What it counts, for the message: seconds, connections. */
  readonly unit: string;
}

/** @throws UsageError for anything but a whole number in the range */
export function wholeNumber(option: string, text: string, { min, max, unit }: Range): number {
  const value = /^\d{1,15}$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${option} ${text}: give whole ${unit} from ${min} to ${max}`);
}
/** @throws UsageError for anything but a decimal number in the range */
export function decimalNumber(option: string, text: string, { min, max, unit }: Range): number {
  const value = /^\d{1,15}(?:\.\d{1,9})?$/u.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`--${option} ${text}: give ${unit} from ${min} to ${max}`);
}
