import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import {
  assignment,
  isInRepository,
  repositoryFile,
  unknownSettings,
} from '../support/deployment-files.js';

interface Instruction {
  readonly name: string;
  readonly text: string;
}

const packageFile = z.object({
  engines: z.object({ node: z.string() }),
  bin: z.record(z.string(), z.string()),
  scripts: z.record(z.string(), z.string()),
});
const described = packageFile.parse(JSON.parse(repositoryFile('package.json')));
const instructions = readInstructions(repositoryFile('Dockerfile'));

/** Lines without comments, continued ones joined. */
function readInstructions(text: string): readonly Instruction[] {
  return text
    .replaceAll(/^#.*\n/gmu, '')
    .replaceAll(/\\\n\s*/gu, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return { name, text: rest.join(' ').trim() };
    });
}

function all(name: string): readonly string[] {
  return instructions.filter((one) => one.name === name).map(({ text }) => text);
}

function only(name: string): string {
  const [text = '', ...others] = all(name);
  expect(others).toEqual([]);
  return text;
}

/** The environment of the image that is made, from its last stage. */
function environment(): Readonly<Record<string, string>> {
  const pairs = only('ENV').split(/\s+/u);
  return Object.fromEntries(pairs.map((pair) => assignment(pair)));
}

describe('the Dockerfile', () => {
  it('copies only what exists, and only what .dockerignore lets through', () => {
    const copied = all('COPY')
      .filter((text) => !text.startsWith('--from='))
      .flatMap((text) => text.split(' ').slice(0, -1));
    const allowed = repositoryFile('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect(new Set(copied)).toEqual(new Set(allowed));
    expect(allowed.filter((path) => !isInRepository(path))).toEqual([]);
  });

  it('copies between stages only what a stage before has made', () => {
    const stages = all('FROM').map((text) => / AS (?<name>\w+)$/u.exec(text)?.groups?.['name']);
    const made = ['node_modules', 'dist'];
    for (const text of all('COPY').filter((one) => one.startsWith('--from='))) {
      const [from = '', source = ''] = text.split(' ');
      expect(stages).toContain(from.replace('--from=', ''));
      expect(made).toContain(source.replace('/app/', ''));
    }
  });

  it('starts what the build makes, with a Node that the package accepts', () => {
    const command: unknown = JSON.parse(only('CMD'));
    expect(command).toEqual(['node', described.bin['rte-hub'], 'serve']);
    expect(all('RUN')).toContain('npm run build');
    expect(described.scripts).toHaveProperty('build');
    const image = /^NODE_IMAGE=node:(?<major>\d+)(?<rest>\S*)$/u.exec(only('ARG'))?.groups;
    expect(Number(image?.['major'])).toBeGreaterThanOrEqual(20);
    expect(described.engines.node).toBe('>=20.19');
    // The newest of its major: those before 20.19 are not.
    expect(image?.['rest']).toBe('-bookworm-slim');
  });

  it('installs what the lock file has and, in the end, no tools', () => {
    expect(all('RUN').filter((text) => text.includes('npm '))).toEqual([
      'npm ci --no-audit --no-fund',
      'npm run build',
      'npm ci --omit=dev --no-audit --no-fund',
    ]);
  });

  it('sets only settings that there are, for the port and the folder that it declares', () => {
    const variables = environment();
    expect(unknownSettings(Object.keys(variables))).toEqual([]);
    expect(variables).toMatchObject({ NODE_ENV: 'production', RTE_HOST: '0.0.0.0' });
    expect(variables['RTE_PORT']).toBe(only('EXPOSE'));
    expect(variables['RTE_DATA_DIR']).toBe(only('VOLUME'));
  });

  it('runs as somebody without rights, who owns the data folder before it becomes a volume', () => {
    expect(only('USER')).toBe('1000:1000');
    const names = instructions.map(({ name, text }) => `${name} ${text}`);
    const folderMade = names.indexOf('RUN install -d -o 1000 -g 1000 -m 0700 /data');
    expect(folderMade).toBeGreaterThan(0);
    expect(folderMade).toBeLessThan(names.indexOf('VOLUME /data'));
    expect(only('STOPSIGNAL')).toBe('SIGTERM');
  });

  it.each([
    [200, 0],
    [503, 1],
  ])('its health check takes an answer of %d as %d', async (status, exitCode) => {
    const paths: (string | undefined)[] = [];
    const server = createServer((request, answer) => {
      paths.push(request.url);
      answer.writeHead(status).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = z.object({ port: z.number() }).parse(server.address());
    expect(await checkedHealth(address.port)).toBe(exitCode);
    expect(paths).toEqual(['/healthz/live']);
    server.close();
  });

  it('its health check fails where nothing listens', async () => {
    expect(await checkedHealth(9)).toBe(1);
  });
});

/** The exit code of the command of HEALTHCHECK as it stands there. */
async function checkedHealth(port: number): Promise<unknown> {
  const text = only('HEALTHCHECK');
  const command = z.array(z.string()).parse(JSON.parse(text.slice(text.indexOf('['))));
  const [program, ...args] = command;
  expect(program).toBe('node');
  const check = spawn(process.execPath, args, { env: { RTE_PORT: String(port) } });
  return new Promise((resolve) => {
    check.once('exit', resolve);
  });
}
