import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { CLOSE_WITHIN_MS } from '../../../src/http/defaults.js';
import {
  createHttpServer,
  listen,
  registerHealthRoutes,
  registerMetricsRoute,
} from '../../../src/http/index.js';
import { createLogger, createMetrics, HealthRegistry } from '../../../src/observability/index.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const stop of stops.splice(0)) await stop();
});

function serverWithLog() {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const server = createHttpServer(createLogger('debug', sink));
  stops.push(() => server.close());
  return { server, lines };
}

describe('errors', () => {
  it('an unknown path is a 404 problem', async () => {
    const response = await serverWithLog().server.inject('/nothing/here');
    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(response.json()).toEqual({
      title: 'Not Found',
      status: 404,
      detail: 'There is nothing at this path.',
    });
  });

  it('what a handler throws is logged and never shown', async () => {
    const { server, lines } = serverWithLog();
    server.get('/broken', () => {
      throw new Error('the secret lies under the mat');
    });
    const response = await server.inject('/broken');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('mat');
    expect(response.body).not.toContain('.ts');
    expect(lines.join('')).toContain('under the mat');
  });

  it.each([
    ['malformed JSON', 'application/json', '{', 400],
    ['a body of another type', 'text/csv', 'a,b', 415],
    ['a body of 100 kB', 'application/json', JSON.stringify('x'.repeat(100_000)), 413],
  ])('%s is a problem without internals', async (_what, type, payload, status) => {
    const { server } = serverWithLog();
    server.post('/echo', (request) => request.body);
    const headers = { 'content-type': type };
    const response = await server.inject({ method: 'POST', url: '/echo', headers, payload });
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
    expect(response.body).not.toMatch(/FST_|Unexpected|position/u);
  });

  it('a path that cannot be decoded is a 400 problem', async () => {
    const response = await serverWithLog().server.inject('/%zz');
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/u);
  });
});

it('a query never gets into the log', async () => {
  const { server, lines } = serverWithLog();
  server.get('/rte', (request) => {
    request.log.info({ req: request }, 'request came');
    throw new Error('failed');
  });
  await server.inject('/rte?access_token=hush');
  await server.inject('/%zz?access_token=hush');
  expect(lines.join('')).toContain('request came');
  expect(lines.join('')).not.toContain('hush');
});

describe('health', () => {
  it('a hub whose parts are up is ready', async () => {
    const { server } = serverWithLog();
    const health = new HealthRegistry();
    health.component('wazo').up();
    registerHealthRoutes(server, health);
    const response = await server.inject('/healthz/ready/');
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ Status: 'ready', Reasons: [] });
  });

  it('a lost source is 503 with its reason, while the process stays live', async () => {
    const { server } = serverWithLog();
    const health = new HealthRegistry();
    health.component('wazo').down('RabbitMQ is away');
    registerHealthRoutes(server, health);
    const response = await server.inject('/healthz/ready');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toEqual({ Status: 'not ready', Reasons: ['wazo: RabbitMQ is away'] });
    expect((await server.inject('/healthz/live')).statusCode).toBe(200);
  });
});

it('/metrics prints the figures in the text format', async () => {
  const { server } = serverWithLog();
  const metrics = createMetrics();
  metrics.signalr.connectionOpened('WebSockets');
  registerMetricsRoute(server, metrics);
  const response = await server.inject('/metrics');
  expect(response.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/u);
  expect(response.body).toContain('rte_connections{transport="WebSockets"} 1');
  expect(response.body).toContain('process_cpu_seconds_total');
});

it('listening on port 0 tells the port that was taken', async () => {
  const { server } = serverWithLog();
  registerHealthRoutes(server, new HealthRegistry());
  const address = await listen(server, { host: '127.0.0.1', port: 0 });
  expect(address.port).toBeGreaterThan(0);
  expect(address.url).toBe(`http://127.0.0.1:${address.port}`);
  expect((await fetch(`${address.url}/healthz/live`)).status).toBe(200);
});

it('an address in use is an error that names the settings', async () => {
  const first = await listen(serverWithLog().server, { host: '127.0.0.1', port: 0 });
  const second = listen(serverWithLog().server, first);
  await expect(second).rejects.toThrow(/EADDRINUSE.*RTE_HOST and RTE_PORT/u);
});

describe('the end of the server', () => {
  it('does not wait for a socket on which nothing was asked', async () => {
    const { server } = serverWithLog();
    const { port } = await listen(server, { host: '127.0.0.1', port: 0 });
    const accepted = once(server.server, 'connection');
    const socket = connect(port, '127.0.0.1');
    await accepted;
    await Promise.all([once(socket, 'close'), server.close()]);
    expect(socket.bytesRead).toBe(0);
  });

  it('lets an answer under way end, and keeps its socket no longer', async () => {
    const { server } = serverWithLog();
    server.get('/slow', (_request, reply) => {
      reply.hijack();
      reply.raw.write('one ');
      server.server.emit('under way', reply.raw);
    });
    const underWay = once(server.server, 'under way');
    const { port } = await listen(server, { host: '127.0.0.1', port: 0 });
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8').write('GET /slow HTTP/1.1\r\nhost: localhost\r\n\r\n');
    let answer = '';
    socket.on('data', (text: string) => (answer += text));
    const [response] = z.tuple([z.instanceof(ServerResponse)]).parse(await underWay);
    const closed = server.close();
    await Promise.all([once(socket, 'close'), closed, nextTurn().then(() => response.end('two'))]);
    expect(answer).toMatch(/keep-alive[^]*one [^]*two/u);
  });

  it('waits a few seconds and no longer for an answer that does not end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { server } = serverWithLog();
    server.get('/endless', (_request, reply) => {
      reply.hijack();
      reply.raw.write('one ');
    });
    const { port } = await listen(server, { host: '127.0.0.1', port: 0 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /endless HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = Promise.all([once(socket, 'close'), server.close()]);
    await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
    vi.advanceTimersByTime(CLOSE_WITHIN_MS);
    await closed;
  });
});
