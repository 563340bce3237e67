import { english } from './english.js';

/** A table of the same shape in another language: strings, and functions of the same values. */
type Translation<Table> = Table extends string
  ? string
  : Table extends (...values: infer Values) => string
    ? (...values: Values) => string
    : { readonly [Key in keyof Table]: Translation<Table[Key]> };

/** All texts in one language. A table that lacks one of them, or has one too many, is no `Texts`. */
export type Texts = Translation<typeof english>;

/**
 * The languages by their BCP 47 tag. To add one, write `finnish.ts` beside `english.ts`, with
 * `export const finnish: Texts = {…}` for the compiler to say what is missing, and name it here:
 * `fi: async () => (await import('./finnish.js')).finnish`.
 */
const tables: Readonly<Record<string, () => Promise<Texts>>> = {
  en: () => Promise.resolve(english),
};

/** The language that is used when none of the wanted ones is there. */
const FALLBACK = 'en';

/** The texts in the language of the page: `text.board.title`, `text.shell.link.nextTry('5')`. */
export let text: Texts = english;

/** The locale that numbers and times are written in, such as en-GB. */
export let locale: string = FALLBACK;

/**
 * Takes the first of the wanted languages that there is a table for, or else English. Call it before
 * anything is shown: what stands there already is not written anew.
 * @param wanted BCP 47 tags in the order of preference, as `navigator.languages` has them
 * @param available the tables to choose from
 */
export async function chooseLanguage(
  wanted: readonly string[],
  available: Readonly<Record<string, () => Promise<Texts>>> = tables,
): Promise<void> {
  const found = wanted.find((tag) => available[languageOf(tag)] !== undefined) ?? FALLBACK;
  text = (await available[languageOf(found)]?.()) ?? english;
  locale = found;
}

function languageOf(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? '';
}
