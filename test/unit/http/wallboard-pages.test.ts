import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer, registerCors, registerWallboard } from '../../../src/http/index.js';

const PAGE = '<script type="module" src="%BASE%/assets/main-AB12.js"></script>';
const SCRIPT = 'export {};';

let root: string;
let server: FastifyInstance;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rte-hub-pages-'));
  await mkdir(join(root, 'assets'));
  await writeFile(join(root, 'index.html'), PAGE);
  await writeFile(join(root, 'assets/main-AB12.js'), SCRIPT);
  await writeFile(join(root, 'assets/main-AB12.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(root, 'assets/main-AB12.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(root, 'secret.txt'), 'not a page');
  server = serverOf(root);
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

function serverOf(folder: string, publicUrl?: string): FastifyInstance {
  const made = createHttpServer(pino({ level: 'silent' }));
  registerWallboard(made, { folder: pathToFileURL(`${folder}/`), publicUrl });
  return made;
}

const ask = (url: string, headers: InjectOptions['headers'] = {}) =>
  server.inject({ url, headers: { host: 'hub.example:8080', ...headers } });

const head = (url: string) => server.inject({ method: 'HEAD', url });

describe('a page of the wallboard', () => {
  it.each(['/', '/me', '/me/', '/admin', '/Admin/', '/?tv=1'])(
    'is the same at %s',
    async (path) => {
      const { statusCode, headers, body } = await ask(path);
      expect(statusCode).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('src="/assets/main-AB12.js"');
    },
  );

  it('is asked for each time, and sent only when it has changed', async () => {
    const { headers } = await ask('/');
    expect(headers['cache-control']).toBe('no-cache');
    const again = await ask('/', { 'if-none-match': String(headers.etag) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('loads and tells nothing beyond the hub', async () => {
    const { headers } = await ask('/');
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("connect-src 'self' ws://hub.example:8080 wss://hub.example:8080");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(String(headers['content-security-policy'])).not.toMatch(/unsafe|\*/u);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('takes no policy from the Host header', async () => {
    const { headers } = await ask('/', { host: "evil; script-src 'unsafe-inline'" });
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('is found, and finds the hub, where RTE_PUBLIC_URL says', async () => {
    const behindProxy = serverOf(root, 'https://pbx.example/rte-hub');
    const { body, headers } = await behindProxy.inject({ url: '/me' });
    expect(body).toContain('src="/rte-hub/assets/main-AB12.js"');
    expect(headers['content-security-policy']).toContain('https://pbx.example wss://pbx.example');
    await behindProxy.close();
  });

  it('says what to do when it is not built', async () => {
    const notBuilt = serverOf(join(root, 'nothing'));
    const { statusCode, headers, body } = await notBuilt.inject({ url: '/' });
    expect(statusCode).toBe(503);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).toContain('npm run build');
    const asset = await notBuilt.inject({ url: '/assets/main-AB12.js' });
    expect(asset.statusCode).toBe(404);
    await notBuilt.close();
  });

  it('is only read', async () => {
    const { statusCode, headers } = await server.inject({ method: 'POST', url: '/' });
    expect([statusCode, headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('a file of the wallboard', () => {
  it.each([
    ['br', 'br, gzip'],
    ['gzip', 'gzip'],
    [undefined, 'identity'],
  ])('comes as %s to who takes %s', async (encoding, accepted) => {
    const { statusCode, headers } = await ask('/assets/main-AB12.js', {
      'accept-encoding': accepted,
    });
    expect(statusCode).toBe(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toMatch(/^(?:text|application)\/javascript/u);
    expect(headers.vary).toContain('accept-encoding');
  });

  it('says that it varies by encoding and by origin where other origins are let in', async () => {
    const open = createHttpServer(pino({ level: 'silent' }));
    registerCors(open, ['https://ui.example']);
    registerWallboard(open, { folder: pathToFileURL(`${root}/`), publicUrl: undefined });
    const { headers } = await open.inject('/assets/main-AB12.js');
    expect(headers.vary).toBe('Origin, accept-encoding');
    await open.close();
  });

  it('is kept by browsers for ever', async () => {
    const { headers } = await ask('/assets/main-AB12.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('can be asked whether it is still there', async () => {
    expect((await head('/assets/main-AB12.js')).statusCode).toBe(200);
    expect((await head('/assets/main-ZZ99.js')).statusCode).toBe(404);
  });

  it.each([
    '/assets/none.js',
    '/assets/..%2Fsecret.txt',
    '/assets/%2e%2e/secret.txt',
    '/secret.txt',
  ])('is nothing else: %s', async (path) => {
    const { statusCode, body, headers } = await ask(path);
    expect([403, 404]).toContain(statusCode);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(body).not.toContain('not a page');
  });
});
