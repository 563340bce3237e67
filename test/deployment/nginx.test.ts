import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect, constants } from 'node:http2';
import { request } from 'node:https';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { canStartNginx, Nginx } from '../support/nginx.js';
import { startTestHub, type TestHub } from '../support/test-hub.js';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('../support/proxied-client.ts', import.meta.url));

const printed = z.object({
  Url: z.string(),
  WssEndpoint: z.string(),
  Token: z.string(),
  received: z.record(z.string(), z.string()),
});

describe.skipIf(!canStartNginx())(
  'nginx in front of the hub (skipped where it is not installed)',
  () => {
    let hub: TestHub;
    let nginx: Nginx;
    let client: z.infer<typeof printed>;

    beforeAll(async () => {
      hub = await startTestHub({ RTE_DIRECTORY: '', RTE_TRUST_PROXY: '127.0.0.1' });
      nginx = await Nginx.start(Number(new URL(hub.url).port));
      const { stdout } = await run(process.execPath, ['--import', 'tsx', CLIENT, nginx.httpsUrl], {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: nginx.certificateFile },
      });
      client = printed.parse(JSON.parse(stdout));
    });

    afterAll(async () => {
      await nginx.stop();
      await hub.stop();
    });

    it("brings Microsoft's client events over all three transports", () => {
      expect(client.received).toEqual({
        WebSockets: 'QueueStatus',
        ServerSentEvents: 'QueueStatus',
        LongPolling: 'QueueStatus',
      });
    });

    it('has the hub name addresses of the proxy, whatever the client says of itself', () => {
      expect(client.Url).toBe(`${nginx.httpsUrl}/rte`);
      expect(client.WssEndpoint).toBe(`${nginx.httpsUrl.replace('https', 'wss')}/rte`);
    });

    it('speaks HTTP/2 and serves the pages', async () => {
      expect(await statusOverHttp2('/docs')).toBe(200);
    });

    it('sends who comes without TLS to the same place with it', async () => {
      const answer = await fetch(`${nginx.httpUrl}/docs?page=2`, { redirect: 'manual' });
      expect(answer.status).toBe(308);
      expect(answer.headers.get('location')).toBe('https://localhost/docs?page=2');
    });

    it.each(['/metrics', '/METRICS/', '/%6detrics', '/healthz/ready'])(
      'keeps %s for this machine',
      async (path) => {
        expect(await statusFrom('127.0.0.1', path)).toBe(200);
        expect(await statusFrom('127.0.0.2', path)).toBe(403);
      },
    );

    it('tells anybody that it lives', async () => {
      expect(await statusFrom('127.0.0.2', '/healthz/live')).toBe(200);
    });

    it('writes no token into its logs, not even when the hub is away', async () => {
      await hub.app.stop();
      const path = `/rte?id=secret-id&access_token=${client.Token}`;
      expect(await statusFrom('127.0.0.1', path)).toBe(502);
      const { access, error } = await nginx.logs();
      expect(
        access.match(/"(?:GET|POST) \/rte(?:\/negotiate)? HTTP\/1\.1" /g)?.length,
      ).toBeGreaterThan(8);
      for (const text of [access, error]) {
        expect(text).not.toContain('access_token');
        expect(text).not.toContain(client.Token);
        expect(text).not.toContain('secret-id');
      }
    });

    async function statusFrom(localAddress: string, path: string): Promise<number | undefined> {
      const ca = await readFile(nginx.certificateFile);
      const asked = request(`${nginx.httpsUrl}${path}`, { ca, localAddress, agent: false }).end();
      return new Promise((resolve, reject) => {
        asked.once('error', reject).once('response', (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
      });
    }

    async function statusOverHttp2(path: string): Promise<unknown> {
      const session = connect(nginx.httpsUrl, { ca: await readFile(nginx.certificateFile) });
      const stream = session.request({ [constants.HTTP2_HEADER_PATH]: path });
      return new Promise((resolve, reject) => {
        stream.once('error', reject).once('response', (headers) => {
          session.close();
          stream.resume();
          resolve(headers[constants.HTTP2_HEADER_STATUS]);
        });
      });
    }
  },
);
