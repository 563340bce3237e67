import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { HubDefinition, HubUser } from '../../../src/signalr/index.js';
import { hubMethod, streamMethod, uploadStream } from '../../../src/signalr/index.js';
import type { Caller } from './watchers.js';
import { tellWatchers } from './watchers.js';

/** The methods of the test hub that stream in either direction. */
export function streamingMethods(): HubDefinition<HubUser>['methods'] {
  return {
    StreamCount: streamMethod({ parameters: [z.number()], handler: (_caller, to) => count(to) }),
    StreamThrow: streamMethod({ parameters: [z.string()], handler: (_caller, text) => fail(text) }),
    StreamEndless: streamMethod({
      parameters: [z.string()],
      handler: (caller: Caller, name) => endless(caller, name),
    }),
    Upload: hubMethod({
      parameters: [uploadStream(z.string())],
      handler: async (_caller, words) => {
        let all = '';
        for await (const word of words) all += word;
        return all;
      },
    }),
    UploadWatched: hubMethod({
      parameters: [z.string(), uploadStream(z.string())],
      handler: (caller: Caller, name, words) => watched(caller, name, words),
    }),
  };
}

async function* count(to: number): AsyncGenerator<number> {
  for (let n = 1; n <= to; n += 1) yield n;
}

async function* fail(text: string): AsyncGenerator<number> {
  yield 1;
  throw new Error(text);
}

async function* endless(caller: Caller, name: string): AsyncGenerator<number> {
  try {
    for (let n = 1; ; n += 1) {
      yield n;
      await delay(5, undefined, { signal: caller.signal });
    }
  } finally {
    tellWatchers(caller, 'cleaned', name);
  }
}

async function watched(caller: Caller, name: string, words: AsyncIterable<string>): Promise<void> {
  tellWatchers(caller, 'reading', name);
  try {
    for await (const _ of words);
    tellWatchers(caller, 'uploaded', name, 'whole');
  } catch (error) {
    const how = error instanceof Error ? error.message : 'unknown';
    tellWatchers(caller, 'uploaded', name, how);
  }
}
