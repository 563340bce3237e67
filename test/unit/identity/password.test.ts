import { describe, expect, it } from 'vitest';
import { hashPassword, isPasswordHash } from '../../../src/identity/index.js';
import { decoyHash, verifyPassword } from '../../../src/identity/password.js';

/** Quick parameters; the real ones cost a tenth of a second. */
const cheap = { logN: 10, blockSize: 8, parallelism: 1 };

describe('hashes', () => {
  it('a password belongs to its hash, another one does not', async () => {
    const hash = await hashPassword('correct horse', cheap);
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('correct horsE', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
  });

  it('the same password hashed twice gives two hashes', async () => {
    expect(await hashPassword('a', cheap)).not.toBe(await hashPassword('a', cheap));
  });

  it('the usual parameters are the recommended ones and stand in the hash', async () => {
    expect(await hashPassword('a')).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/u);
  });

  it('an accent typed as one character or as two is the same password', async () => {
    const hash = await hashPassword('caf\u00e9', cheap);
    expect(await verifyPassword('cafe\u0301', hash)).toBe(true);
  });

  it('a decoy has the form of a hash and the cost of a real one', () => {
    expect(isPasswordHash(decoyHash())).toBe(true);
    expect(decoyHash()).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/u);
  });
});

const salt = 'c2FsdHNhbHRzYWx0c2FsdA';
const key = 'A'.repeat(43);

it.each([
  ['plain text', 'secret'],
  ['another algorithm', `$argon2id$ln=14,r=8,p=5$${salt}$${key}`],
  ['parameters that would exhaust memory', `$scrypt$ln=30,r=8,p=1$${salt}$${key}`],
  ['a cost that protects nothing', `$scrypt$ln=1,r=8,p=1$${salt}$${key}`],
  ['no parallelism', `$scrypt$ln=14,r=8,p=0$${salt}$${key}`],
  ['a short key', `$scrypt$ln=14,r=8,p=5$${salt}$AAAA`],
  ['nothing', ''],
])('%s is no hash, and no password belongs to it', async (_what, text) => {
  expect(isPasswordHash(text)).toBe(false);
  expect(await verifyPassword('secret', text)).toBe(false);
});
