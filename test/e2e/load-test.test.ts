import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { commands } from '../../src/cli/commands.js';
import { runCommand } from '../../src/cli/run.js';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';
import { testProcess } from '../unit/cli/test-io.js';

const times = z.object({
  count: z.number(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
});
const kinds = z.array(z.object({ kind: z.string(), count: z.number() }));
const report = z.object({
  connections: z.object({ asked: z.number(), ready: z.number(), readyAtEnd: z.number() }),
  connect: times,
  subscribe: times,
  delivery: times,
  events: z.object({ count: z.number(), perConnection: z.object({ min: z.number() }) }),
  bytes: z.object({ count: z.number() }),
  drops: kinds,
  reconnects: z.number(),
  failures: kinds,
  refusals: kinds,
  interrupted: z.boolean(),
  passed: z.boolean(),
  missed: z.array(z.string()),
});

describe('load-test', () => {
  let hub: TestHub;

  beforeAll(async () => {
    // The demo directory: an empty name is no setting.
    hub = await startTestHub({ RTE_DIRECTORY: '', RTE_SIMULATOR_SPEED: '50' });
  });

  afterAll(() => hub.stop());

  function begin(args: readonly string[], url = hub.url) {
    const { io, output, errors, interrupt } = testProcess({
      env: { LOAD_TEST_PASSWORD: 'demo' },
    });
    const line = ['load-test', url, '--user', 'admin', '--ramp', '1000', '--json', ...args];
    const ended = runCommand(commands, line, io).then((exitCode) => ({
      exitCode,
      errors: errors(),
      result: report.parse(JSON.parse(output())),
    }));
    return { ended, interrupt };
  }

  it.each([
    ['websockets', 'json'],
    ['websockets', 'messagepack'],
    ['server-sent-events', 'json'],
    ['long-polling', 'json'],
    ['long-polling', 'messagepack'],
  ])('measures over %s in %s', async (transport, protocol) => {
    const how = ['--transport', transport, '--protocol', protocol];
    const limits = ['--min-rate', '10', '--max-p99', '20000'];
    const args = [...how, ...limits, '--connections', '10', '--seconds', '0.5'];
    const { exitCode, errors, result } = await begin(args).ended;
    expect({ exitCode, errors }).toMatchObject({ exitCode: 0 });
    expect(result).toMatchObject({
      connections: { asked: 10, ready: 10, readyAtEnd: 10 },
      connect: { count: 10 },
      subscribe: { count: 10 },
      drops: [],
      failures: [],
      refusals: [],
      reconnects: 0,
      passed: true,
    });
    expect(result.events.perConnection.min).toBeLessThanOrEqual(result.events.count / 10);
    expect(result.delivery.count).toBe(result.events.count);
    expect(result.delivery.p99).toBeGreaterThan(0);
    expect(result.bytes.count).toBeGreaterThan(result.events.count * 100);
  });

  it('leaves no connection behind', async () => {
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      for (const transport of ['WebSockets', 'ServerSentEvents', 'LongPolling']) {
        expect(metrics).toContain(`rte_connections{transport="${transport}"} 0\n`);
      }
    }, 10_000);
  });

  it('ends with 1 when a threshold is missed, and says which', async () => {
    const thresholds = ['--max-p99', '0.001', '--min-rate', '999999'];
    const args = ['--connections', '1', '--seconds', '0.3', ...thresholds];
    const { exitCode, result } = await begin(args).ended;
    expect([exitCode, result.passed]).toEqual([1, false]);
    expect(result.missed).toHaveLength(2);
  });

  it('counts what it may not subscribe to, and goes on with the rest', async () => {
    const unknown = 'aaaaaaaa-0000-4000-8000-000000000042:UserStatus';
    const items = ['--subscribe', '*:QueueStatus', '--subscribe', unknown];
    const { exitCode, result } = await begin([...items, '--connections', '2', '--seconds', '0.2'])
      .ended;
    expect([exitCode, result.refusals]).toEqual([0, [{ kind: 'Unauthorized', count: 2 }]]);
  });

  it('says why nobody gets in', async () => {
    const args = ['--connections', '2', '--password', 'wrong'];
    const { exitCode, result } = await begin(args).ended;
    expect([exitCode, result.failures]).toEqual([1, [{ kind: 'login answered 401', count: 2 }]]);
    expect(result.missed).toEqual(['0 of 2 connections were ready to be measured']);
  });

  it('ends early with what it has when it is interrupted', async () => {
    const { ended, interrupt } = begin(['--connections', '2', '--seconds', '3600']);
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${hub.url}/metrics`)).text();
      expect(metrics).toMatch(/^[a-z_]*subscriptions(?:\{[^}]*\})? [2-9]/mu);
    }, 10_000);
    interrupt();
    const { exitCode, result } = await ended;
    expect([exitCode, result.interrupted]).toEqual([1, true]);
    expect(result.connections.asked).toBe(2);
  });

  describe('when the network cuts it off', () => {
    let proxy: CuttingProxy;
    beforeAll(async () => {
      proxy = await startCuttingProxy(Number(new URL(hub.url).port));
    });
    afterAll(() => proxy.stop());

    it('counts the loss, and comes back', async () => {
      const url = `http://127.0.0.1:${String(proxy.port)}`;
      const { ended, interrupt } = begin(['--connections', '1', '--seconds', '3600'], url);
      proxy.cutAfter(10_000);
      await vi.waitFor(() => expect(proxy.cuts).toBe(1), { timeout: 10_000 });
      proxy.cutAfter(10_000);
      await vi.waitFor(() => expect(proxy.cuts).toBe(2), { timeout: 10_000 });
      // The third connection comes when the loss of the second was noticed.
      await vi.waitFor(() => expect(proxy.passing).toBe(true), { timeout: 10_000 });
      interrupt();
      const { result } = await ended;
      expect(result.drops).toEqual([{ kind: 'WebSocket closed with 1006', count: 2 }]);
      expect(result.reconnects).toBe(2);
    });
  });
});
