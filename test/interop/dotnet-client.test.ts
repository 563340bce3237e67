import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type { OwnServer } from '../conformance/target/own-server.js';
import { startOwnServer } from '../conformance/target/own-server.js';
import { buildDotnet, run } from './dotnet-build.js';

const outcome = z.object({
  transport: z.string(),
  check: z.string(),
  failure: z.string().nullable(),
});
const TRANSPORTS = [
  'WebSockets',
  'WebSockets without negotiation',
  'ServerSentEvents',
  'LongPolling',
];
const CHECKS = [
  'invoke',
  'send and receive',
  'errors',
  'stream from the server',
  'cancel a stream',
  'stream to the server',
  'client result',
  'closed by the server',
  'automatic reconnect',
];

const missing: string | undefined = inject('dotnetMissing');

describe.skipIf(missing !== undefined)(`the .NET client ${missing ?? ''}`, () => {
  let server: OwnServer;
  let outcomes: readonly z.infer<typeof outcome>[] = [];

  beforeAll(async () => {
    server = await startOwnServer();
    const folder = fileURLToPath(new URL('./dotnet', import.meta.url));
    const program = await buildDotnet(folder, 'HubClient');
    const lines = await run('dotnet', [program, `${server.url}/hub`]);
    outcomes = lines
      .trim()
      .split('\n')
      .map((line) => outcome.parse(JSON.parse(line)));
  }, 300_000);
  afterAll(() => server.stop());

  for (const transport of TRANSPORTS) {
    it.each(CHECKS)(`${transport}: %s`, (check) => {
      const found = outcomes.find((one) => one.transport === transport && one.check === check);
      expect(found).toEqual({ transport, check, failure: null });
    });
  }

  it('did no check that is not listed here', () => {
    expect(outcomes).toHaveLength(TRANSPORTS.length * CHECKS.length);
  });
});
