import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import {
  envExample,
  loadSettings,
  printSettings,
  settingsTable,
} from '../../../src/config/index.js';

it('.env.example is what the schema gives (else: npx tsx scripts/generate-env-example.ts)', () => {
  const file = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect(file).toBe(envExample());
});

it('every default in .env.example is a right value and means the default', () => {
  const uncommented = envExample().replace(/^# (?=[A-Z_]+=)/gmu, '');
  const loaded = loadSettings(parseEnv(uncommented));
  expect(loaded).toEqual(loadSettings({}));
});

it('the table has one row for each setting', () => {
  const rows = settingsTable();
  expect(rows.filter((row) => row.startsWith('| RTE_PORT | 8080 |'))).toHaveLength(1);
  expect(rows.filter((row) => /^\| [A-Z_]+ \| .+ \| .+ \|$/u.test(row))).toHaveLength(
    rows.length - 2,
  );
});

it('print-config shows what is set, marks defaults, and hides secrets', () => {
  const printed = printSettings({
    RTE_PORT: '9000',
    RTE_SIGNING_KEY: '{"k":"hush"}',
    WAZO_AMQP_URL: 'amqp://guest:hush@broker:5672/vhost?auth=hush',
  });
  expect(printed).toContain('RTE_PORT=9000\n');
  expect(printed).toContain('# RTE_HOST: default (127.0.0.1)\n');
  expect(printed).toContain('RTE_SIGNING_KEY=(hidden)\n');
  expect(printed).toContain('WAZO_AMQP_URL=amqp://guest:(hidden)@broker:5672/vhost?(hidden)\n');
  expect(printed).not.toContain('hush');
});
