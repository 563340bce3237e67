import { expect, it } from 'vitest';
import { parseCredentials } from '../../../src/identity/index.js';

const TOKEN = '2f6e4d1c-0000-4000-8000-000000000001';
const token = { kind: 'token', token: TOKEN };
const anna = `Basic ${Buffer.from('anna:secret').toString('base64')}`;
const password = { kind: 'password', userName: 'anna', password: 'secret' };

it.each<[string, string | undefined, string | undefined, unknown]>([
  ['a name and password', anna, undefined, password],
  ['a bearer token', `Bearer ${TOKEN}`, undefined, token],
  ['the scheme in another case', `bearer ${TOKEN}`, undefined, token],
  ['X-Auth-Token', undefined, TOKEN, token],
  ['X-Auth-Token with blanks around it', undefined, ` ${TOKEN} `, token],
  ['X-Auth-Token before a password', anna, TOKEN, token],
  ['X-Auth-Token before a bearer token', 'Bearer other', TOKEN, token],
  ['the password when X-Auth-Token is malformed', anna, 'a b', password],
  ['a signed token', 'Bearer aaa.bbb-_.ccc', undefined, { kind: 'token', token: 'aaa.bbb-_.ccc' }],
])('reads %s', (_what, authorization, authToken, expected) => {
  expect(parseCredentials({ authorization, authToken })).toEqual(expected);
});

it.each<[string, string | undefined, string | undefined]>([
  ['nothing', undefined, undefined],
  ['another scheme', `Digest ${TOKEN}`, undefined],
  ['a bearer without a token', 'Bearer ', undefined],
  ['two tokens', `Bearer ${TOKEN} ${TOKEN}`, undefined],
  ['a path', 'Bearer ../users%2F', undefined],
  ['an empty X-Auth-Token', undefined, ''],
  ['a line break', undefined, `${TOKEN}\r\nx`],
  ['a bearer token that is too long', `Bearer ${'a'.repeat(9_000)}`, undefined],
  ['an X-Auth-Token that is too long', undefined, 'a'.repeat(9_000)],
])('finds none in %s', (_what, authorization, authToken) => {
  expect(parseCredentials({ authorization, authToken })).toBeUndefined();
});
