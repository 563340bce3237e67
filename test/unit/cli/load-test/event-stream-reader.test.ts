import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventStreamReader } from '../../../../src/cli/load-test/wires/event-stream-reader.js';
import { formatEvent } from '../../../../src/signalr/connections/transports/server-sent-events.js';
import { cutAt } from './cut-at.js';

function read(chunks: readonly Buffer[]): string[] {
  const payloads: string[] = [];
  const reader = new EventStreamReader((data) => void payloads.push(data.toString()));
  for (const chunk of chunks) reader.push(chunk);
  return payloads;
}

it('gives what the hub sent, however the stream is cut', () => {
  const payload = fc.string({ minLength: 1 }).map((text) => text.replaceAll('\r', ' '));
  fc.assert(
    fc.property(fc.array(payload), fc.array(fc.integer({ min: 1, max: 20 })), (payloads, cuts) => {
      const stream = `:\r\n${payloads.map((one) => formatEvent(Buffer.from(one))).join('')}`;
      expect(read(cutAt(Buffer.from(stream), cuts))).toEqual(payloads);
    }),
  );
});

it('passes over comments and other fields, and takes data with and without a space', () => {
  const stream = ': hello\nevent: x\ndata:a\nid: 7\ndata: b\n\n\ndata: c\n\n';
  expect(read([Buffer.from(stream)])).toEqual(['a\nb', 'c']);
});
