import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { connect } from 'amqplib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/cli/commands.js';
import { runCommand } from '../../src/cli/run.js';
import { amqpUrl, type HubOnBus, startHubOnBus, wazoVariables } from '../support/broker-test.js';
import { SwitchableProxy } from '../support/switchable-proxy.js';
import { RteClient } from '../support/rte-client.js';
import { presence } from '../support/wazo-events.js';
import { testProcess } from '../unit/cli/test-io.js';

const SAMPLE = new URL('../../scripts/sample/answered-call.jsonl', import.meta.url).pathname;
const DIRECTORY = new URL('../../scripts/sample/directory.json', import.meta.url).pathname;
const SALES = '5a000000-0000-4000-8000-000000000201';
const ANN = '5a000000-0000-4000-8000-000000000101';

const report = z.object({
  published: z.number(),
  unrouted: z.number(),
  end: z.string(),
  error: z.string().nullable(),
  faultCount: z.number(),
});

describe.skipIf(amqpUrl === '')('publish', () => {
  const variables = wazoVariables(amqpUrl);
  let running: HubOnBus;
  let client: RteClient;

  beforeAll(async () => {
    running = await startHubOnBus({ changes: { ...variables, RTE_DIRECTORY: DIRECTORY } });
    const { Url, Token } = await running.hub.token('sam', 'me', 'sample');
    client = await RteClient.connectWith(Url, Token);
    await client.subscribe([SALES, '*'], [ANN, '*']);
  });

  afterAll(async () => {
    await client.stop();
    await running.stop();
  });

  async function publish(args: readonly string[], env: Record<string, string> = variables) {
    const { io, output, errors } = testProcess({ env });
    const exitCode = await runCommand(commands, ['publish', SAMPLE, '--json', ...args], io);
    const result = output() === '' ? undefined : report.parse(JSON.parse(output()));
    return { exitCode, result, errors: errors() };
  }

  async function callOfAnn(): Promise<unknown> {
    const connected = await client.waitFor('UserCallInUserConnected', ANN, {});
    await client.waitFor('UserCallInDisconnected', ANN, {});
    await client.waitFor('UserWrapUpStarted', ANN, {});
    // Of the states in between a machine that stalls may tell none.
    await client.waitFor('QueueStatus', SALES, { nbrOfConnected: 0, nbrOfAgentsOnWrapUp: 2 });
    return connected['callId'];
  }

  it('plays the sample: a client sees the calls come, answered and over; a second time as well', async () => {
    const played = await publish(['--wait', '--speed', '50']);
    expect(played).toMatchObject({ exitCode: 0, errors: '' });
    expect(played.result).toMatchObject({ published: 32, unrouted: 0, end: 'done' });
    const first = await callOfAnn();
    client.forget();
    expect((await publish(['--speed', '50'])).exitCode).toBe(0);
    expect(await callOfAnn()).not.toBe(first);
  });

  it('tells the hub of the same calls with --as-recorded', async () => {
    await publish(['--as-recorded', '--repeat', '2']);
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${running.hub.url}/metrics`)).text();
      expect(metrics).toMatch(/outcome="duplicate",name="Hangup"\} 2$/mu);
    }, 10_000);
  });

  it('keeps its rate, and ends cleanly with what it has sent when it is interrupted', async () => {
    const exchange = await ownExchange();
    const env = { ...variables, WAZO_EXCHANGE: exchange.name };
    const { io, output, interrupt } = testProcess({ env });
    const startedAt = performance.now();
    const args = ['publish', SAMPLE, '--json', '--rate', '20', '--repeat', '0'];
    const exitCode = runCommand(commands, args, io);
    await exchange.arrived(12);
    const afterMs = performance.now() - startedAt;
    interrupt();
    expect(await exitCode).toBe(0);
    const result = report.parse(JSON.parse(output()));
    expect(result).toMatchObject({ end: 'interrupted', error: null });
    // One is sent at once, and what a stall held up within a second is made up for.
    expect(result.published).toBeLessThanOrEqual(Math.ceil((afterMs / 1000) * 20) + 2);
    expect(result.published).toBeGreaterThanOrEqual(12);
    await exchange.remove();
  });

  it('an endless input is left when it is interrupted', async () => {
    const input = new PassThrough();
    const { io, output, interrupt } = testProcess({ env: variables, input });
    const exitCode = runCommand(commands, ['publish', '-', '--json'], io);
    input.write(`${JSON.stringify(presence(ANN, { state: 'away' }))}\n`);
    await client.waitFor('UserAvailability', ANN, { availability: 'Away' });
    interrupt();
    expect(await exitCode).toBe(1);
    expect(JSON.parse(output())).toMatchObject({ published: 1, end: 'interrupted' });
  });

  it('is left when it is interrupted while the broker takes nothing', async () => {
    const { hostname, port } = new URL(amqpUrl);
    expect(hostname).toBe('127.0.0.1');
    const proxy = await SwitchableProxy.start(Number(port));
    const exchange = await ownExchange();
    const through = new URL(amqpUrl);
    through.port = String(proxy.port);
    const env = { ...variables, WAZO_AMQP_URL: through.href, WAZO_EXCHANGE: exchange.name };
    const { io, output, interrupt } = testProcess({ env });
    const exitCode = runCommand(commands, ['publish', SAMPLE, '--json', '--repeat', '0'], io);
    await exchange.arrived(32);
    proxy.freeze();
    interrupt();
    expect(await exitCode).toBe(1);
    const result = report.parse(JSON.parse(output()));
    expect(result.end).toBe('failed');
    expect(result.error).toMatch(/has not (?:confirmed|answered)/u);
    await proxy.stop();
    await exchange.remove();
  });

  describe('without an exchange', () => {
    const WAZO_EXCHANGE = `missing-${randomUUID()}`;
    const env = { ...variables, WAZO_EXCHANGE };

    it('says what to do, and with --declare makes it as Wazo does', async () => {
      const refused = await publish([], env);
      expect(refused).toMatchObject({ exitCode: 1, result: undefined });
      expect(refused.errors).toContain(`The exchange "${WAZO_EXCHANGE}" does not exist`);
      expect(refused.errors).toContain('--declare');

      const declared = await publish(['--declare'], env);
      expect(declared).toMatchObject({ exitCode: 0, result: { published: 32, unrouted: 32 } });
      const connection = await connect(amqpUrl);
      const channel = await connection.createChannel();
      // Refused by the broker if it were another kind of exchange.
      await channel.assertExchange(WAZO_EXCHANGE, 'headers', { durable: true });
      await channel.deleteExchange(WAZO_EXCHANGE);
      await connection.close();
    });

    it('a topic exchange gets routing keys', async () => {
      const topic = { ...env, WAZO_EXCHANGE: `topic-${randomUUID()}`, WAZO_EXCHANGE_TYPE: 'topic' };
      const connection = await connect(amqpUrl);
      const channel = await connection.createChannel();
      await channel.assertExchange(topic.WAZO_EXCHANGE, 'topic', { durable: true });
      const { queue } = await channel.assertQueue('', { exclusive: true });
      await channel.bindQueue(queue, topic.WAZO_EXCHANGE, 'ami.QueueCallerJoin');
      const { result } = await publish(['--declare'], topic);
      expect(result).toMatchObject({ published: 32, unrouted: 30 });
      await channel.deleteExchange(topic.WAZO_EXCHANGE);
      await connection.close();
    });
  });

  it('says that the broker ended it, and what had been published', async () => {
    const exchange = await ownExchange();
    const env = { ...variables, WAZO_EXCHANGE: exchange.name };
    const playing = publish(['--rate', '50', '--repeat', '0'], env);
    await exchange.arrived(1);
    await exchange.remove();
    const { exitCode, result } = await playing;
    expect([exitCode, result?.end]).toEqual([1, 'failed']);
    expect(result?.published).toBeGreaterThan(0);
    expect(result?.error).toContain('NOT_FOUND');
  });
});

/** An exchange of a test's own, of which the test counts what arrives. */
async function ownExchange() {
  const name = `own-${randomUUID()}`;
  const connection = await connect(amqpUrl);
  const channel = await connection.createChannel();
  await channel.assertExchange(name, 'headers', { durable: true });
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.bindQueue(queue, name, '');
  const seen = { count: 0 };
  const arrivals = new EventEmitter();
  const note = (): void => {
    seen.count += 1;
    arrivals.emit('arrival');
  };
  await channel.consume(queue, note, { noAck: true });
  return {
    name,
    /** Resolves when so many messages have come. */
    async arrived(wanted: number): Promise<void> {
      while (seen.count < wanted) await once(arrivals, 'arrival');
    },
    async remove(): Promise<void> {
      await channel.deleteExchange(name);
      await connection.close();
    },
  };
}
