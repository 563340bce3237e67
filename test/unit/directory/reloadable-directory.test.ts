import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  DirectoryError,
  directoryLoader,
  openDirectory,
  type DirectoryLog,
} from '../../../src/directory/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';

let folder: string;
let file: string;
const log = {
  info: vi.fn<DirectoryLog['info']>(),
  warn: vi.fn<DirectoryLog['warn']>(),
  error: vi.fn<DirectoryLog['error']>(),
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-directory-'));
  file = join(folder, 'directory.json');
  vi.clearAllMocks();
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(json: unknown) {
  writeFileSync(file, JSON.stringify(json));
}

function open() {
  return openDirectory(directoryLoader(file, testOptions), log);
}

function withoutOlga() {
  const json = smallDirectory();
  return { ...json, users: json.users.slice(0, 2) };
}

it('a wrong file at start stops the start with all faults', async () => {
  write({ users: [{}] });
  const failure = await open().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DirectoryError);
  expect(String(failure)).toContain('organizations:');
  expect(String(failure)).toContain('users[0].id:');
});

it('a missing file is a fault that names the setting', async () => {
  await expect(open()).rejects.toThrow('RTE_DIRECTORY');
});

it('a file that is no JSON is a fault that says so', async () => {
  writeFileSync(file, '{');
  await expect(open()).rejects.toThrow('is not JSON');
});

it('a byte order mark does no harm', async () => {
  writeFileSync(file, `\u{FEFF}${JSON.stringify(smallDirectory())}`);
  expect((await open()).current.users.size).toBe(3);
});

it('a reload replaces the directory and tells the listeners', async () => {
  write(smallDirectory());
  const holder = await open();
  const seen: number[] = [];
  holder.onChange(({ users }) => seen.push(users.size));
  write(withoutOlga());
  expect(await holder.reload()).toBe(true);
  expect(holder.current.users.has(ids.olga)).toBe(false);
  expect(seen).toEqual([2]);
});

it('a wrong file on reload is refused with all faults, and the old directory stays', async () => {
  write(smallDirectory());
  const holder = await open();
  const before = holder.current;
  const listener = vi.fn<(directory: Directory) => void>();
  holder.onChange(listener);
  write({ users: 7 });
  expect(await holder.reload()).toBe(false);
  expect(holder.current).toBe(before);
  expect(listener).not.toHaveBeenCalled();
  const faults = [expect.stringMatching(/^organizations:/u), expect.stringMatching(/^users:/u)];
  expect(log.error).toHaveBeenCalledWith({ faults }, expect.stringContaining('the old one stays'));
});

it('a listener that is removed hears nothing more, and one that throws does not stop the others', async () => {
  write(smallDirectory());
  const holder = await open();
  const removed = vi.fn<(directory: Directory) => void>();
  const other = vi.fn<(directory: Directory) => void>();
  holder.onChange(removed)();
  holder.onChange(() => {
    throw new Error('broken');
  });
  holder.onChange(other);
  expect(await holder.reload()).toBe(true);
  expect(removed).not.toHaveBeenCalled();
  expect(other).toHaveBeenCalledTimes(1);
});

it('reloads asked for at once run one after the other', async () => {
  write(smallDirectory());
  const load = directoryLoader(file, testOptions);
  let running = 0;
  let most = 0;
  const holder = await openDirectory(async () => {
    most = Math.max(most, (running += 1));
    const parsed = await load();
    running -= 1;
    return parsed;
  }, log);
  await Promise.all([holder.reload(), holder.reload(), holder.reload()]);
  expect(most).toBe(1);
});

it('without a file the demo directory is taken, also in production, without warnings', async () => {
  const load = directoryLoader(undefined, { ...testOptions, production: true });
  const holder = await openDirectory(load, log);
  expect(holder.current.userByName('demo')?.role).toBe('supervisor');
  expect(log.warn).not.toHaveBeenCalled();
});
