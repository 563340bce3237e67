import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProtocolName } from './load-client.js';
import { LoadClient } from './load-client.js';
import type { ServerProcess } from './server-process.js';
import { cpuSeconds, residentBytes } from './server-process.js';

/** Per second, and CPU seconds of the server for a million. */
export interface Rate {
  readonly perSecond: number;
  readonly cpuPerMillion: number;
}

const PAYLOAD = 'x'.repeat(300);

async function rateOf(
  server: ServerProcess,
  count: number,
  work: () => Promise<void>,
): Promise<Rate> {
  const cpu = await cpuSeconds(server.pid);
  const since = performance.now();
  await work();
  const seconds = (performance.now() - since) / 1_000;
  const used = (await cpuSeconds(server.pid)) - cpu;
  return { perSecond: count / seconds, cpuPerMillion: (used / count) * 1e6 };
}

/** Connections one after the other on `parallel` lanes: upgrade, handshake, a call and its answer. */
export async function handshakes(
  server: ServerProcess,
  count = 2_000,
  parallel = 20,
): Promise<Rate> {
  return rateOf(server, count, async () => {
    const lane = async (): Promise<void> => {
      for (let n = 0; n < count / parallel; n += 1) {
        const client = await LoadClient.connect(server.hub);
        client.invoke('Echo', ['first'], '1');
        await client.until(1);
        client.stop();
      }
    };
    await Promise.all(Array.from({ length: parallel }, lane));
  });
}

/** Calls on 50 connections, each with 20 of them under way. */
export async function echoes(server: ServerProcess, count = 100_000): Promise<Rate> {
  const clients = await connected(server, 50, 'json');
  const share = count / clients.length;
  const rate = await rateOf(server, count, async () => {
    await Promise.all(clients.map((client) => echoOn(client, share, 20)));
  });
  for (const client of clients) client.stop();
  return rate;
}

async function echoOn(client: LoadClient, share: number, window: number): Promise<void> {
  let sent = 0;
  const fill = (): void => {
    while (sent < share && sent - client.received < window) {
      sent += 1;
      client.invoke('Echo', ['x'.repeat(20)], String(sent));
    }
  };
  await new Promise<void>((resolve) => {
    client.onFrame = () => {
      fill();
      if (client.received >= share) resolve();
    };
    fill();
  });
}

/**
 * Messages of some 350 bytes to 1,000 connections. With a pause each travels alone, as those of a
 * feed do; without, a server may join many into one write.
 */
export async function broadcasts(
  server: ServerProcess,
  protocol: ProtocolName,
  pauseMs: number,
  messages = 100,
): Promise<Rate> {
  const clients = await connected(server, 1_000, protocol);
  const [first] = clients;
  const rate = await rateOf(server, messages * clients.length, async () => {
    first?.invoke('Fan', [messages, pauseMs, PAYLOAD], undefined);
    await Promise.all(clients.map((client) => client.until(messages)));
  });
  for (const client of clients) client.stop();
  return rate;
}

/** Bytes of the server's memory: for one connection that does nothing, and all with 10,000 of them. */
export interface IdleMemory {
  readonly perConnection: number;
  readonly all: number;
}

/**
 * Measured between 2,000 and 10,000 connections: what a runtime has left over from its start would
 * hide the first thousands.
 */
export async function idleMemory(server: ServerProcess): Promise<IdleMemory> {
  const first = await connected(server, 2_000, 'json');
  await delay(2_000);
  const before = await residentBytes(server.pid);
  const more = await connected(server, 8_000, 'json');
  await delay(2_000);
  const all = await residentBytes(server.pid);
  for (const client of [...first, ...more]) client.stop();
  return { perConnection: (all - before) / more.length, all };
}

async function connected(
  server: ServerProcess,
  count: number,
  protocol: ProtocolName,
): Promise<LoadClient[]> {
  const clients: LoadClient[] = [];
  const lane = async (): Promise<void> => {
    while (clients.length < count) clients.push(await LoadClient.connect(server.hub, protocol));
  };
  await Promise.all(Array.from({ length: 20 }, lane));
  for (const extra of clients.splice(count)) extra.stop();
  await delay(200);
  return clients;
}
