import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from './fake-portsip/certificate.js';
import { freePorts } from './free-ports.js';

const NGINX = '/usr/sbin/nginx';
const CONFIGURATION = new URL('../../scripts/nginx/rte-hub.conf', import.meta.url);

/** What the file has for a machine of the operator's, and what stands in its place here. */
interface Places {
  readonly folder: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly hubPort: number;
}

/** Whether this machine has nginx; with CI=true it must. */
export function canStartNginx(): boolean {
  if (existsSync(NGINX)) return true;
  if (process.env['CI'] === 'true') throw new Error(`${NGINX} is not installed`);
  return false;
}

/** nginx with the configuration that operators get, on loopback ports and with a certificate of its own. */
export class Nginx {
  /** Without slash at the end. */
  readonly httpUrl: string;
  readonly httpsUrl: string;
  /** PEM file that clients have to trust. */
  readonly certificateFile: string;
  readonly #folder: string;
  readonly #process: ChildProcess;

  private constructor(places: Places, child: ChildProcess) {
    this.httpUrl = `http://localhost:${String(places.httpPort)}`;
    this.httpsUrl = `https://localhost:${String(places.httpsPort)}`;
    this.certificateFile = join(places.folder, 'fullchain.pem');
    this.#folder = places.folder;
    this.#process = child;
  }

  /** Starts it in front of a hub; resolves when it takes connections. */
  static async start(hubPort: number): Promise<Nginx> {
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-nginx-'));
    const [httpPort, httpsPort] = await freePorts();
    const places = { folder, httpPort, httpsPort, hubPort };
    const { key, cert } = selfSignedCertificate(Date.now());
    await writeFile(join(folder, 'privkey.pem'), key);
    await writeFile(join(folder, 'fullchain.pem'), cert);
    await writeFile(
      join(folder, 'rte-hub.conf'),
      adapted(await readFile(CONFIGURATION, 'utf8'), places),
    );
    await writeFile(join(folder, 'nginx.conf'), mainConfiguration(folder));
    const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await untilItWorks(child);
    return new Nginx(places, child);
  }

  /** All that it has written down. */
  async logs(): Promise<{ readonly access: string; readonly error: string }> {
    const read = (name: string) => readFile(join(this.#folder, `rte-hub.${name}.log`), 'utf8');
    return { access: await read('access'), error: await read('error') };
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** @throws when the file has no such line any more, so that the test would try something else */
function adapted(text: string, { folder, httpPort, httpsPort, hubPort }: Places): string {
  const replacements: readonly (readonly [string, string])[] = [
    ['listen 80;', `listen 127.0.0.1:${String(httpPort)};`],
    ['listen [::]:80;', ''],
    ['listen 443 ssl http2;\n', `listen 127.0.0.1:${String(httpsPort)} ssl http2;\n`],
    ['listen [::]:443 ssl http2;', ''],
    ['server_name rte.example;', 'server_name localhost;'],
    ['server 127.0.0.1:8080;', `server 127.0.0.1:${String(hubPort)};`],
    ['/etc/letsencrypt/live/rte.example/', `${folder}/`],
    ['/var/log/nginx/', `${folder}/`],
  ];
  return replacements.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`rte-hub.conf has no ${from}`);
    return changed.replaceAll(from, to);
  }, text);
}

/** What Debian's nginx.conf has around it, without what needs the whole machine. */
function mainConfiguration(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(' ');
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr notice;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http { ${temporary} include ${folder}/rte-hub.conf; }
`;
}

async function untilItWorks(child: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('start worker process ')) resolve();
    });
    child.once('exit', () => reject(new Error(`nginx ended: ${said}`)));
  });
}
