import { randomUUID } from 'node:crypto';
import {
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeOldDrafts, replaceDurably, StateFile } from '../../src/durable-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rte-durable-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file that is replaced', () => {
  it('has the new text, and nothing is beside it', async () => {
    const path = join(folder, 'state.json');
    await replaceDurably(path, 'one');
    await replaceDurably(path, 'two');
    expect(await readFile(path, 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  it.skipIf(process.geteuid?.() !== 0)(
    'belongs to whom it belonged, or to whom the folder does, when root has written it',
    async () => {
      const [known, fresh] = [join(folder, 'known.json'), join(folder, 'fresh.json')];
      await writeFile(known, 'one');
      await chown(known, 1001, 1002);
      await chown(folder, 1003, 1004);
      for (const path of [known, fresh]) await replaceDurably(path, 'two');
      expect(await stat(known)).toMatchObject({ uid: 1001, gid: 1002 });
      expect(await stat(fresh)).toMatchObject({ uid: 1003, gid: 1004 });
    },
  );

  it('loses old drafts, and nothing that somebody put beside it', async () => {
    const path = join(folder, 'state.json');
    const draft = `${path}.${randomUUID()}`;
    for (const one of [draft, `${path}.bak`, `${path}.2026-11-20`, `${draft}.bak`]) {
      await writeFile(one, '');
      await utimes(one, 0, 0);
    }
    await removeOldDrafts(path);
    const left = await readdir(folder);
    expect(left).toHaveLength(3);
    expect(left).not.toContain(basename(draft));
  });

  it('leaves no draft behind when it cannot be replaced', async () => {
    const path = join(folder, 'taken');
    await mkdir(join(path, 'by-a-folder'), { recursive: true });
    await expect(replaceDurably(path, 'one')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/u);
    expect(await readdir(folder)).toEqual(['taken']);
  });
});

describe('a file of a state', () => {
  it('is written again after a failure, with the state of then', async () => {
    const path = join(folder, 'taken');
    await mkdir(join(path, 'by-a-folder'), { recursive: true });
    let state = 'one';
    const file = new StateFile(path, () => state);
    await expect(file.save()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/u);
    await rm(path, { recursive: true });
    state = 'two';
    await file.save();
    expect(await readFile(path, 'utf8')).toBe('two');
  });
});
