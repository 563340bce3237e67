import { Buffer } from 'node:buffer';
import { assert, constantFrom, nat, pre, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newConnectionId } from '../../../src/signalr/connections/connection-manager.js';
import { ConnectionTokens } from '../../../src/signalr/connections/connection-token.js';
import { SpentTokens } from '../../../src/signalr/connections/spent-tokens.js';
import { completeOptions } from '../../../src/signalr/hub/options.js';

const KEY = 'a key of at least thirty-two bytes';
const content = {
  expiresAt: 1_800_000_000_123,
  transports: ['WebSockets', 'LongPolling'],
  stateful: true,
} as const;

describe('connection token', () => {
  it('says the same on each node with the key, and who issued it', () => {
    const [here, there] = [new ConnectionTokens(KEY), new ConnectionTokens(KEY)];
    const id = newConnectionId();
    const token = here.issue(id, 'ann', content);
    expect(here.read(token, 'ann')).toEqual({ ...content, id, own: true });
    expect(there.read(token, 'ann')).toEqual({ ...content, id, own: false });
  });

  it('stands in a query as it is, and shows no user', () => {
    const token = new ConnectionTokens(KEY).issue(newConnectionId(), '+4512345678', content);
    expect(token).toMatch(/^[\w-]+$/);
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('4512345678');
  });

  it('is good for nobody else, and with no other key', () => {
    const token = new ConnectionTokens(KEY).issue(newConnectionId(), 'ann', content);
    expect(new ConnectionTokens(KEY).read(token, 'bob')).toBeUndefined();
    expect(new ConnectionTokens(`${KEY}!`).read(token, 'ann')).toBeUndefined();
    expect(new ConnectionTokens(undefined).read(token, 'ann')).toBeUndefined();
  });

  it('is refused when any character of it is changed, added or missing', () => {
    const tokens = new ConnectionTokens(KEY);
    const token = tokens.issue(newConnectionId(), 'ann', content);
    const at = nat(token.length - 1);
    const char = constantFrom('A', 'B', 'a', '0', '9', '-', '_', '+', '/', '=', '.', ' ');
    assert(
      property(at, char, (index, other) => {
        pre(token[index] !== other);
        const [before, after] = [token.slice(0, index), token.slice(index + 1)];
        for (const wrong of [before + other + after, before + after, token + other]) {
          expect(tokens.read(wrong, 'ann')).toBeUndefined();
        }
      }),
    );
  });

  it('anything else is no token', () => {
    const tokens = new ConnectionTokens(KEY);
    assert(
      property(string(), (text) => {
        expect(tokens.read(text, 'ann')).toBeUndefined();
      }),
    );
  });

  it('needs a key that can not be guessed', () => {
    expect(() => completeOptions({ connectionTokenKey: 'short' })).toThrow('connectionTokenKey');
    expect(completeOptions({ connectionTokenKey: KEY }).connectionTokenKey).toBe(KEY);
  });
});

describe('spent tokens', () => {
  it('are remembered until they expire', () => {
    const spent = new SpentTokens(10);
    expect(spent.add('a', 100, 0)).toBe(true);
    expect(spent.add('b', 200, 100)).toBe(true);
    expect([spent.has('a'), spent.has('b')]).toEqual([false, true]);
  });

  it('are bounded: without room no further one is taken', () => {
    const spent = new SpentTokens(2);
    const taken = ['a', 'b', 'c'].map((id) => spent.add(id, 100, 0));
    expect([taken, spent.size]).toEqual([[true, true, false], 2]);
  });
});
