import { afterEach, describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatNumber,
  formatShare,
  isoDuration,
} from '../../../../src/wallboard/texts/format.js';
import { english } from '../../../../src/wallboard/texts/english.js';
import { chooseLanguage } from '../../../../src/wallboard/texts/index.js';

afterEach(() => chooseLanguage(['en']));

describe('a duration', () => {
  it.each([
    [-1_500, '0:00', 'PT0H0M0S'],
    [0, '0:00', 'PT0H0M0S'],
    [7_999, '0:07', 'PT0H0M7S'],
    [750_000, '12:30', 'PT0H12M30S'],
    [3_725_000, '1:02:05', 'PT1H2M5S'],
    [93_600_000, '26:00:00', 'PT26H0M0S'],
  ])('of %i ms is %s', (milliseconds, shown, iso) => {
    expect([formatDuration(milliseconds), isoDuration(milliseconds)]).toEqual([shown, iso]);
  });
});

describe('a figure', () => {
  it.each([
    ['en-GB', '12,345', '87%'],
    ['de-DE', '12.345', '87\u00a0%'],
  ])('is written as in %s', async (tag, number, share) => {
    const tables = { en: () => Promise.resolve(english), de: () => Promise.resolve(english) };
    await chooseLanguage([tag], tables);
    expect([formatNumber(12_345), formatShare(0.868)]).toEqual([number, share]);
  });
});
