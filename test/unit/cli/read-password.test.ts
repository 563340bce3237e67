import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { readPassword } from '../../../src/cli/io.js';

function prompt() {
  const shown: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      shown.push(chunk.toString());
      done();
    },
  });
  return { stream, shown };
}

it('the first line of a pipe is the password, and nobody is asked', async () => {
  const { stream, shown } = prompt();
  const input = new PassThrough();
  input.end('open sesame\nsecond line\n');
  expect(await readPassword(input, stream)).toBe('open sesame');
  expect(shown).toEqual([]);
});

it('an empty pipe is an empty password', async () => {
  const input = new PassThrough();
  input.end();
  expect(await readPassword(input, prompt().stream)).toBe('');
});

it('what is typed at a terminal is not echoed', async () => {
  const { stream, shown } = prompt();
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const reading = readPassword(input, stream);
  input.write('open sesame\r');
  expect(await reading).toBe('open sesame');
  expect(shown).toEqual(['Password: ', '\n']);
});
