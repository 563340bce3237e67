import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../../src/cli/commands.js';
import { loginOf, readArguments } from '../../../../src/cli/load-test/arguments.js';
import { requireLogins } from '../../../../src/cli/load-test/logins.js';
import { runCommand } from '../../../../src/cli/run.js';
import { testIo, testProcess } from '../test-io.js';

const URL = 'http://127.0.0.1:8080';

describe('the host', () => {
  it.each([
    'http://127.0.0.1:8080',
    'http://127.9.9.9',
    'http://localhost:8080/',
    'https://[::1]:8443/rte',
  ])('%s is this machine', (url) => {
    expect(() => readArguments([url])).not.toThrow();
  });

  it.each([
    'http://192.168.1.2:8080',
    'https://hub.example',
    'http://127.0.0.1.hub.example',
    'http://localhost.example',
    'http://[::2]',
    'http://0.0.0.0:8080',
  ])('%s is not, and has to be named twice', async (url) => {
    const { io, errors, output } = testIo();
    expect(await runCommand(commands, ['load-test', url, '--user', 'x'], io)).toBe(2);
    expect(errors()).toContain('is not this machine');
    expect(output()).toBe('');
    const { hostname } = new globalThis.URL(url);
    expect(() => readArguments([url, '--allow-host', hostname])).not.toThrow();
    expect(() => readArguments([url, '--allow-host', 'other.example'])).toThrow('--allow-host');
  });
});

it('the base is understood with and without the path of the hub', () => {
  const bases = [URL, `${URL}/`, `${URL}/rte`, `${URL}/rte/`, `${URL}/behind/proxy/`].map(
    (url) => readArguments([url]).plan.base,
  );
  expect(bases).toEqual([URL, URL, URL, URL, `${URL}/behind/proxy`]);
});

it('a load is bounded unless told otherwise', () => {
  expect(readArguments([URL]).plan).toMatchObject({
    connections: 100,
    perSecond: 100,
    seconds: 30,
    transport: 'WebSockets',
    protocol: 'json',
    subscriptions: [{ entityId: '*', eventName: '*' }],
  });
});

describe('wrong arguments are told with what would be right', () => {
  it.each([
    [[], 'give one URL'],
    [['hub'], 'hub is no URL'],
    [['amqp://127.0.0.1'], 'with http:// or https://'],
    [[URL, '--connections', '10001'], 'from 1 to 10000'],
    [[URL, '--seconds', '0'], '--seconds 0'],
    [[URL, '--transport', 'pigeon'], 'websockets, server-sent-events, long-polling'],
    [[URL, '--protocol', 'xml'], 'json or messagepack'],
    [[URL, '--protocol', 'messagepack', '--transport', 'server-sent-events'], 'carry text only'],
    [[URL, '--subscribe', 'QueueStatus'], 'give ENTITY:EVENT'],
  ])('%j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});

function choose(args: string[], env: Record<string, string> = {}, typed = '') {
  const { io } = testProcess({ env, password: typed });
  return requireLogins(loginOf(readArguments([URL, ...args]).values, io), io);
}

describe('who connects', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rte-load-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const ann = { kind: 'password', userName: 'ann', password: 'hush' };

  it.each([
    ['by the arguments', ['--user', 'ann', '--password', 'hush'], {}, ''],
    ['by the environment', ['--user', 'ann'], { LOAD_TEST_PASSWORD: 'hush' }, ''],
    ['by the keyboard', ['--user', 'ann'], {}, 'hush'],
    ['besides a token in the environment', ['--user', 'ann'], { LOAD_TEST_TOKEN: 't' }, 'hush'],
  ])('a user with a password %s', async (_from, args, env, typed) => {
    expect(await choose(args, env, typed)).toEqual([ann]);
  });

  it('a token', async () => {
    const expected = [{ kind: 'token', token: 't' }];
    expect(await choose(['--token', 't'])).toEqual(expected);
    expect(await choose([], { LOAD_TEST_TOKEN: 't' })).toEqual(expected);
  });

  it('the users of a file, with all of its faults at once', async () => {
    const file = join(folder, 'users.jsonl');
    const bob = '{"userName":"bob","password":"x"}';
    writeFileSync(file, `{"userName":"ann","password":"hush"}\n\n${bob}\n`);
    expect(await choose(['--users', file])).toEqual([
      ann,
      { kind: 'password', userName: 'bob', password: 'x' },
    ]);
    writeFileSync(file, `nope\n${bob}\n{"userName":"ann"}\n`);
    await expect(choose(['--users', file])).rejects.toThrow(/line 1: .+\n.+line 3: /u);
    writeFileSync(file, '');
    await expect(choose(['--users', file])).rejects.toThrow('has no users');
    await expect(choose(['--users', join(folder, 'none')])).rejects.toThrow('cannot be read');
  });

  it.each([[[]], [['--user', 'ann', '--token', 't']], [['--user', 'ann', '--users', 'f']]])(
    'nobody, or several, is wrong: %j',
    async (args) => {
      expect(() => loginOf(readArguments([URL, ...args]).values, testIo().io)).toThrow(
        'give one of',
      );
    },
  );
});
