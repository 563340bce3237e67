import { text } from '../../texts/index.js';

/** Why something was refused, in words; the word of the hub for one that this page does not know. */
export function reasonWords(reason: string): string {
  const words: Readonly<Record<string, string>> = text.admin.reasons;
  return words[reason] ?? reason.replaceAll('-', ' ');
}

/** What a step of a token's check looks at, in words. */
export function stepWords(step: string): string {
  const words: Readonly<Record<string, string>> = text.admin.check.steps;
  return words[step] ?? step;
}

/** What became of events, in words. */
export function outcomeWords(outcome: string): string {
  const words: Readonly<Record<string, string>> = text.admin.sources.outcome;
  return words[outcome] ?? outcome.replaceAll('-', ' ');
}
