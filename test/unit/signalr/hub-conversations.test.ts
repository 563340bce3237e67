import { Buffer } from 'node:buffer';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { HubError, hubMethod, streamMethod, uploadStream } from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import {
  call,
  cancellation,
  completion,
  connect,
  HANDSHAKE,
  RS,
  streamCall,
  streamItem,
} from './hub-harness.js';

const methods = {
  Plain: hubMethod({ parameters: [], handler: () => settle() }),
  Refuses: hubMethod({
    parameters: [],
    handler: () => {
      throw new HubError('no');
    },
  }),
  Asks: hubMethod({
    parameters: [],
    handler: (caller) => Promise.race([caller.invoke('Ask'), settle()]),
  }),
  Reads: hubMethod({
    parameters: [uploadStream(z.number())],
    handler: async (caller, numbers) => {
      caller.join('readers');
      for await (const n of numbers) if (n === 3) break;
    },
  }),
  Streams: streamMethod({
    parameters: [],
    handler: async function* () {
      for (let n = 0; n < 3; n += 1) {
        yield n;
        await settle();
      }
    },
  }),
};

const streamId = fc.constantFrom('s', 't');
/** Messages of a client; `id` is the call's own, so that its answers can be counted. */
const anyMessage: fc.Arbitrary<(id: string) => string> = fc.oneof(
  fc
    .constantFrom('Plain', 'Refuses', 'Asks', 'Streams', 'Nope')
    .map((name) => (id: string) => call(name, [], id)),
  fc
    .constantFrom('Streams', 'Plain', 'Nope')
    .map((name) => (id: string) => streamCall(name, [], id)),
  streamId.map(
    (stream) => (id: string) =>
      JSON.stringify({
        type: 1,
        invocationId: id,
        target: 'Reads',
        arguments: [],
        streamIds: [stream],
      }) + RS,
  ),
  fc.tuple(streamId, fc.oneof(fc.nat(4), fc.constant('wrong'))).map(
    ([stream, item]) =>
      () =>
        streamItem(stream, item),
  ),
  fc.oneof(streamId, fc.constantFrom('s1', 's2')).map((stream) => () => completion(stream)),
  fc.nat(20).map((earlier) => () => cancellation(`c${earlier}`)),
  fc.constant(() => `{"type":6}${RS}`),
  fc.constant(() => `{"type":77}${RS}`),
);

const rate = { perSecond: Infinity, burst: Infinity };

/** The ids of the completions among messages. */
function completed(messages: readonly string[]): unknown[] {
  const known = z.looseObject({ type: z.number(), invocationId: z.string().optional() });
  return messages
    .slice(1)
    .map((text) => known.parse(JSON.parse(text)))
    .filter(({ type }) => type === 3)
    .map(({ invocationId }) => invocationId);
}

describe('any conversation', () => {
  it('gives each call one completion, and ends with nothing left over', async () => {
    const conversation = fc.array(fc.tuple(anyMessage, fc.boolean()), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(conversation, fc.constantFrom(1, 2), async (turns, parallel) => {
        const onDisconnected = vi.fn<() => void>();
        const { receive, sent, transport, lifetime } = connect(
          { methods, onDisconnected },
          { messageRate: rate, maximumParallelInvocations: parallel, maximumQueuedInvocations: 3 },
        );
        await receive(HANDSHAKE);
        const calls: string[] = [];
        for (const [index, [message, wait]] of turns.entries()) {
          const text = message(`c${index}`);
          if (text.includes('"target"')) calls.push(`c${index}`);
          transport.listener?.received(Buffer.from(text));
          if (wait) await settle();
        }
        // An upload that is still open ends here.
        await receive(completion('s') + completion('t'));
        for (let turn = 0; turn < 2 * turns.length + 5; turn += 1) await settle();
        expect(completed(sent())).toHaveLength(calls.length);
        expect(new Set(completed(sent()))).toEqual(new Set(calls));
        transport.listener?.closed(undefined);
        await settle();
        expect(onDisconnected).toHaveBeenCalledTimes(1);
        expect([lifetime.callers().length, lifetime.groupCount]).toEqual([0, 0]);
      }),
      { numRuns: 100 },
    );
  });
});
