import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessPattern, type Bearer } from '../../../src/rte/access-pattern.js';

const BEARER: Bearer = { me: 'u-1', session: 's-1' };

function matches(pattern: string, access: string, bearer = BEARER): boolean {
  return new AccessPattern(pattern, bearer).matches(access);
}

describe('an entry of an access control list', () => {
  it.each([
    ['itself', 'events.rte', 'events.rte'],
    ['`*` for one word', 'events.*.x', 'events.rte.x'],
    ['`*` for a part of a word', 'events.r*e', 'events.rte'],
    ['`*` for nothing', 'events.rte*', 'events.rte'],
    ['`*` for an empty word', 'events.*', 'events.'],
    ['`#` for everything', '#', 'events.rte.users.u-1.UserStatus'],
    ['`#` for words', 'events.#', 'events.rte.users'],
    ['`#` for nothing', 'events.#', 'events.'],
    ['`#` between words', 'events.#.UserStatus', 'events.rte.users.u-1.UserStatus'],
    ['`#` more than once', '#.users.#', 'events.rte.users.u-1'],
    ['`#` within a word', 'ev#e.users', 'events.rte.users'],
    ['`me` for the user', 'users.me.x', 'users.u-1.x'],
    ['`me` for the word', 'users.me.x', 'users.me.x'],
    ['`me` as the first word', 'me.x', 'u-1.x'],
    ['`me` as the only word', 'me', 'u-1'],
    ['`my_session` for the session', 'sessions.my_session', 'sessions.s-1'],
    ['`my_session` for the word', 'sessions.my_session', 'sessions.my_session'],
    ['`edit` for `update`', 'users.edit', 'users.update'],
    ['`edit` for itself', 'users.edit', 'users.edit'],
  ])('is for %s: %s for %s', (_what, pattern, access) => {
    expect(matches(pattern, access)).toBe(true);
  });

  it.each([
    ['what goes on', 'events.rte', 'events.rte.users'],
    ['what begins before', 'rte.users', 'events.rte.users'],
    ['another case', 'events.RTE', 'events.rte'],
    ['two words, by `*`', 'events.*', 'events.rte.users'],
    ['a `#`, by `*`', 'events.*', 'events.#'],
    ['less than the words before `#`', 'events.#', 'events'],
    ['another user, by `me`', 'users.me', 'users.u-2'],
    ['the user, by a part of a word', 'users.some', 'users.sou-1'],
    ['another session, by `my_session`', 'sessions.my_session', 'sessions.s-2'],
    ['`edit`, by `update`', 'users.update', 'users.edit'],
    ['any character, by a dot', 'events.rte', 'eventsXrte'],
    ['the empty access', 'events', ''],
    ['anything, by nothing', '', 'events'],
  ])('is not for %s: %s for %s', (_what, pattern, access) => {
    expect(matches(pattern, access)).toBe(false);
  });

  it.each(['a+', '[a]', '(a|b)', 'a?', '^a$', 'a\\d', '{2}', 'a.b', '.'])(
    'takes what regular expressions know for itself: %s',
    (text) => {
      expect(matches(text, text)).toBe(true);
      expect(matches(text, 'aa')).toBe(false);
      expect(matches(`x.${text}.*`, `x.${text}.y`)).toBe(true);
    },
  );

  it('without a session, `my_session` is only the word', () => {
    expect(matches('sessions.my_session', 'sessions.my_session', { me: 'u-1' })).toBe(true);
    expect(matches('sessions.my_session', 'sessions.undefined', { me: 'u-1' })).toBe(false);
  });

  it('does not get slow by many wildcards', () => {
    const pattern = new AccessPattern(`${'#*'.repeat(500)}!`, BEARER);
    const began = performance.now();
    expect(pattern.matches('events.rte.users.'.repeat(20))).toBe(false);
    // A backtracking matcher would need years.
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

const word = fc.constantFrom(
  'a',
  'b',
  'ab',
  'me',
  'my_session',
  'edit',
  'update',
  'u-1',
  's-1',
  '',
);
const access = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join('.'));
const patternWord = fc.oneof(word, fc.constantFrom('*', '#', 'a*', '*b', '#b', 'a#', '+', '.*'));
const pattern = fc
  .array(patternWord, { minLength: 1, maxLength: 4 })
  .map((words) => words.join('.'));

/** The rules as one regular expression, which is slow for some patterns, but short. */
function naive(text: string): RegExp {
  const words: Record<string, string> = {
    me: '(me|u-1)',
    my_session: '(my_session|s-1)',
    edit: '(edit|update)',
  };
  const parts = text.split('.').map(
    (part) =>
      words[part] ??
      part
        .replaceAll(/[$()+.?[\\\]^{|}]/gu, String.raw`\$&`)
        .replaceAll('*', '[^.#]*')
        .replaceAll('#', '.*'),
  );
  return new RegExp(`^${parts.join(String.raw`\.`)}$`, 'u');
}

describe('the matcher', () => {
  it('says what a regular expression of the rules says', () => {
    fc.assert(
      fc.property(pattern, access, (text, asked) => {
        expect(matches(text, asked)).toBe(naive(text).test(asked));
      }),
      { numRuns: 2_000 },
    );
  });

  it('reaches below whatever it is for something below of', () => {
    fc.assert(
      fc.property(pattern, access, access, (text, prefix, rest) => {
        const below = `${prefix}.`;
        const isFor = rest !== '' && matches(text, below + rest);
        expect(!isFor || new AccessPattern(text, BEARER).reachesBelow(below)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    'calls.#',
    'events.calls.me',
    'events.rt',
    'event.rte.#',
    'events.rtes.#',
    'events.rte',
  ])('does not reach below events.rte. with %s', (text) => {
    expect(new AccessPattern(text, BEARER).reachesBelow('events.rte.')).toBe(false);
  });
});
