import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/config/index.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rte-env-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('the real environment wins over .env', () => {
  writeFileSync(join(folder, '.env'), 'RTE_PORT=1\nRTE_HOST=0.0.0.0 # all\n');
  expect(readEnvironment({ RTE_PORT: '2' }, folder)).toEqual({
    RTE_PORT: '2',
    RTE_HOST: '0.0.0.0',
  });
});

it('without .env the environment is all there is', () => {
  expect(readEnvironment({ RTE_PORT: '2' }, folder)).toEqual({ RTE_PORT: '2' });
});

it('a .env that is no file is an error that names it', () => {
  expect(() => readEnvironment({}, join(folder, '.env', '\0'))).toThrow('.env');
});
