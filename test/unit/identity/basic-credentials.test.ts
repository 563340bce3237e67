import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseBasicCredentials } from '../../../src/identity/basic-credentials.js';

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

it.each([
  ['the usual form', basic('anna:secret'), { userName: 'anna', password: 'secret' }],
  ['a colon in the password', basic('anna:a:b:'), { userName: 'anna', password: 'a:b:' }],
  ['an empty password', basic('anna:'), { userName: 'anna', password: '' }],
  ['UTF-8', basic('jörg:pä$$ 🔑'), { userName: 'jörg', password: 'pä$$ 🔑' }],
  [
    'the scheme in any letter case',
    basic('a:b').replace('Basic', 'bAsIC'),
    { userName: 'a', password: 'b' },
  ],
])('%s is understood', (_form, header, credentials) => {
  expect(parseBasicCredentials(header)).toEqual(credentials);
});

it.each([
  ['no header', undefined],
  ['another scheme', 'Bearer abc'],
  ['nothing after the scheme', 'Basic '],
  ['no colon', basic('anna')],
  ['no user name', basic(':secret')],
  ['a control character', basic('anna:se\u0000cret')],
  ['bytes that are no UTF-8', `Basic ${Buffer.from([0x61, 0x3a, 0xff]).toString('base64')}`],
  ['something that is no base64', 'Basic ann*:secret'],
  ['a header of 3000 characters', basic(`anna:${'x'.repeat(2200)}`)],
])('%s is nobody', (_form, header) => {
  expect(parseBasicCredentials(header)).toBeUndefined();
});

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/u;
const plain = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !CONTROL.test(text));

it('what a client encodes is what the parser gives', () => {
  const userNames = plain.filter((text) => text !== '' && !text.includes(':'));
  const property = fc.property(userNames, plain, (userName, password) => {
    const given = parseBasicCredentials(basic(`${userName}:${password}`));
    return given?.userName === userName && given.password === password;
  });
  expect(() => fc.assert(property)).not.toThrow();
});

it('no header makes it throw, and nobody has an empty name', () => {
  const headers = fc.oneof(
    fc.string(),
    fc.string().map((text) => `Basic ${text}`),
    fc.string().map(basic),
  );
  const property = fc.property(headers, (header) => parseBasicCredentials(header)?.userName !== '');
  expect(() => fc.assert(property)).not.toThrow();
});
