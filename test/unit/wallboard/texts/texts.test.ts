import { afterEach, describe, expect, it } from 'vitest';
import { english } from '../../../../src/wallboard/texts/english.js';
import { chooseLanguage, locale, text, type Texts } from '../../../../src/wallboard/texts/index.js';

/** A language of this test: as complete as the compiler demands. */
const finnish: Texts = {
  ...english,
  shell: { ...english.shell, loading: 'Ladataan …', pageTitle: (view) => `${view} – keskus` },
};

const tables = {
  en: () => Promise.resolve<Texts>(english),
  fi: () => Promise.resolve(finnish),
};

afterEach(() => chooseLanguage(['en']));

describe('the texts', () => {
  it.each([
    [['fi-FI', 'en'], 'Ladataan …', 'fi-FI'],
    [['sv', 'fi', 'en'], 'Ladataan …', 'fi'],
    [['en-GB', 'fi'], 'Loading …', 'en-GB'],
    [['sv'], 'Loading …', 'en'],
    [[], 'Loading …', 'en'],
  ])('for who wants %j are in the first language that is there', async (wanted, loading, where) => {
    await chooseLanguage(wanted, tables);
    expect([text.shell.loading, locale]).toEqual([loading, where]);
  });

  it('take values', async () => {
    await chooseLanguage(['fi'], tables);
    expect(text.shell.pageTitle('Jono')).toBe('Jono – keskus');
  });

  it('of a language have to be complete for the compiler', () => {
    const { loading: _, ...others } = english.shell;
    // @ts-expect-error a text is missing
    const incomplete: Texts = { ...english, shell: others };
    // @ts-expect-error a text takes a value that it does not get
    const wrong: Texts = { ...english, shell: { ...english.shell, loading: () => '' } };
    expect([incomplete, wrong]).toHaveLength(2);
  });
});
