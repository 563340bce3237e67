import { connect } from 'node:net';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSignalRServer, registerSignalR } from '../../../src/signalr/index.js';
import { noLogger } from '../../support/no-logger.js';

const H2C = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk';

describe('a request that asks for an upgrade to something else than a WebSocket', () => {
  const app = Fastify();
  const server = createSignalRServer({
    authenticate: ({ token = '' }) => Promise.resolve({ id: token }),
    logger: noLogger,
    hub: { methods: {} },
  });
  registerSignalR(app, server, { path: '/hub' });
  app.get('/name', ({ headers }) => ({ name: headers['x-name'], upgrade: headers.upgrade ?? '' }));
  app.post('/echo', ({ body }) => ({ body }));
  let port: number;

  beforeAll(async () => {
    port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  });
  afterAll(() => app.close());

  /** Sends the bytes and gives all that comes back until it has the text. */
  function ask(bytes: string, until: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
      socket.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
        if (!answer.includes(until)) return;
        resolve(answer);
        socket.destroy();
      });
      socket.on('close', () => reject(new Error(`closed after: ${answer}`)));
    });
  }

  it('is served as if it did not ask', async () => {
    const request = `GET /name HTTP/1.1\r\nHost: a\r\nX-Name: J\u00FCrg\r\n${H2C}\r\n\r\n`;
    const answer = await ask(request, '"upgrade"');
    expect(answer).toContain('HTTP/1.1 200 OK');
    expect(answer).toContain('"name":"J\u00FCrg"');
    expect(answer).toContain('"upgrade":""');
  });

  it('keeps its body, and its connection for the next request', async () => {
    const body = '{"a":1}';
    const first = `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${String(body.length)}\r\n${H2C}\r\n\r\n${body}`;
    const answer = await ask(`${first}GET /name HTTP/1.1\r\nHost: a\r\n\r\n`, '"upgrade"');
    expect(answer).toContain('{"body":{"a":1}}');
    expect(answer.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  });

  it('is served on a connection that ends when it asks for that', async () => {
    const close = H2C.replace('Upgrade,', 'Upgrade, close,');
    const answer = await ask(`GET /name HTTP/1.1\r\nHost: a\r\n${close}\r\n\r\n`, '"upgrade"');
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  it('reaches the hub, too', async () => {
    const negotiate = 'POST /hub/negotiate?negotiateVersion=1 HTTP/1.1';
    const request = `${negotiate}\r\nHost: a\r\nAuthorization: Bearer ann\r\nContent-Length: 0\r\n${H2C}\r\n\r\n`;
    expect(await ask(request, 'connectionToken')).toContain('HTTP/1.1 200');
  });

  it('is refused when it asks for a WebSocket where there is none', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: WebSocket';
    const answer = await ask(`GET /name HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n\r\n`, '\r\n\r\n');
    expect(answer).toContain('HTTP/1.1 404');
  });
});
