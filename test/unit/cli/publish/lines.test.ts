import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEvents } from '../../../../src/cli/publish/events.js';
import { readLines } from '../../../../src/cli/publish/lines.js';

const MAX = 20;

async function linesOf(chunks: readonly Buffer[]) {
  const lines: (string | undefined)[] = [];
  for await (const { number, bytes } of readLines(Readable.from(chunks), MAX)) {
    expect(number).toBe(lines.length + 1);
    lines.push(bytes?.toString());
  }
  return lines;
}

it('lines are the same however the stream is cut', async () => {
  const text = fc.array(fc.string({ maxLength: 30 }).map((line) => line.replaceAll('\n', ' ')));
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.integer({ min: 1, max: 9 })), async (lines, cuts) => {
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
      const chunks: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) {
        if (at < bytes.length) chunks.push(bytes.subarray(at, at + cut));
        at += cut;
      }
      if (at < bytes.length) chunks.push(bytes.subarray(at));
      const expected = lines.map((line) => (Buffer.byteLength(line) > MAX ? undefined : line));
      expect(await linesOf(chunks)).toEqual(expected);
    }),
  );
});

it('a last line needs no end', async () => {
  expect(await linesOf([Buffer.from('a\nb')])).toEqual(['a', 'b']);
});

it('empty lines, blanks, carriage returns and a byte order mark are passed over', async () => {
  const text = '\ufeff{"name":"a","data":{}}\r\n\r\n   \n {"name":"b","data":{}} \n{"name":7}\n';
  const read: [number, string][] = [];
  for await (const event of readEvents(Readable.from([Buffer.from(text)]))) {
    read.push([event.line, 'event' in event ? event.event.name : 'fault']);
  }
  expect(read).toEqual([
    [1, 'a'],
    [4, 'b'],
    [5, 'fault'],
  ]);
});
