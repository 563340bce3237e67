import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboundEntry } from '../../../src/signalr/connections/outbound-queue.js';
import { OutboundQueue } from '../../../src/signalr/connections/outbound-queue.js';
import { SendTally } from '../../../src/signalr/connections/send-tally.js';
import { recordingMetrics } from './fakes.js';

const entry = (text: string, more: Partial<OutboundEntry> = {}): OutboundEntry => ({
  parts: [Buffer.from(text)],
  label: 'L',
  ...more,
});

let queue: OutboundQueue;
let tally: SendTally;
const push = (one: OutboundEntry, held = 0) => queue.push(one, held, tally);
const take = (max = 1_000, now = 0) => {
  const taken = queue.take(max, now, tally);
  return taken && Buffer.from(taken).toString();
};
const reported = () => {
  const { metrics, calls } = recordingMetrics();
  tally.report(metrics);
  return calls;
};

beforeEach(() => {
  queue = new OutboundQueue(10);
  tally = new SendTally();
});

describe('outbound queue', () => {
  it('joins the parts of all waiting messages in order', () => {
    push({ parts: [Buffer.from('a'), Buffer.from('b')], label: 'L' });
    push(entry('c'));
    expect(take()).toBe('abc');
    expect(take()).toBeUndefined();
    expect(reported()).toEqual(['sent L 2']);
  });

  it('takes whole messages only, and at least one', () => {
    push(entry('aaa'));
    push(entry('bbb'));
    expect([take(2), take(2), take(2)]).toEqual(['aaa', 'bbb', undefined]);
  });

  it('refuses the message that would pass the bound, and counts what the transport holds', () => {
    expect(push(entry('x'.repeat(10)))).toBe(true);
    expect(push(entry('y'))).toBe(false);
    expect(take()).toBe('x'.repeat(10));
    expect(push(entry('y'), 10)).toBe(false);
    expect(push(entry('y'), 9)).toBe(true);
  });

  it('replaces a waiting message of the same key, and the newer takes the newer place', () => {
    const conflationKey = {};
    push(entry('old', { conflationKey }));
    push(entry('mid'));
    push(entry('new', { conflationKey }));
    expect(take()).toBe('midnew');
    expect(reported()).toEqual(['sent L 2', 'dropped L conflated 1']);
  });

  it('needs no room of its own for a replacement', () => {
    const conflationKey = {};
    push(entry('x'.repeat(10), { conflationKey }));
    expect(push(entry('y'.repeat(10), { conflationKey }))).toBe(true);
    expect(queue.size).toBe(1);
  });

  it('keeps the older message when the newer one would pass the bound', () => {
    const conflationKey = {};
    push(entry('old', { conflationKey }));
    expect(push(entry('x'.repeat(11), { conflationKey }))).toBe(false);
    expect(take()).toBe('old');
  });

  it('drops a message that waited until it expired', () => {
    push(entry('a', { expiresAt: 5 }));
    push(entry('b', { expiresAt: 6 }));
    expect(take(1_000, 5)).toBe('b');
    expect(queue.bytes).toBe(0);
    expect(reported()).toEqual(['sent L 1', 'dropped L expired 1']);
  });

  it('counts what is dropped at the end', () => {
    push(entry('a'));
    queue.clear(tally);
    expect([queue.bytes, queue.size]).toEqual([0, 0]);
    expect(reported()).toEqual(['dropped L closed 1']);
  });

  it('never holds more than its bound and never loses or reorders what it accepted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (sizes) => {
        queue = new OutboundQueue(40);
        const accepted = sizes.filter((size, index) =>
          push(entry(String.fromCodePoint(97 + (index % 26)).repeat(size))),
        );
        const bytes = accepted.reduce((sum, size) => sum + size, 0);
        expect(queue.bytes).toBe(bytes);
        expect(bytes).toBeLessThanOrEqual(40);
        let out = '';
        for (let part = take(7); part !== undefined; part = take(7)) out += part;
        expect(out).toHaveLength(bytes);
        expect(queue.bytes).toBe(0);
      }),
    );
  });
});
