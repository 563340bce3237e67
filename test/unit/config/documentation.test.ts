import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import {
  envExample,
  loadSettings,
  settingsTable,
  shownSettings,
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

it('settings are shown as they are set, defaults in words, secrets not at all', () => {
  const shown = shownSettings({
    RTE_HOST: '',
    RTE_PORT: '9000',
    RTE_SIGNING_KEY: '{"k":"hush"}',
    WAZO_AMQP_URL: 'amqp://guest:hush@broker:5672/vhost?auth=hush',
    // No password belongs there, and is none to be shown all the same.
    WAZO_URL: 'https://hub:hu@sh:hush@wazo.example',
    RTE_ALLOWED_ORIGINS: 'https://ui.example:8443,https://me:hush@ui.example',
  });
  const values = new Map(shown.map(({ name, value }) => [name, value]));
  expect(values.get('RTE_PORT')).toBe('9000');
  expect(values.get('RTE_SIGNING_KEY')).toBe('(hidden)');
  expect(values.get('WAZO_AMQP_URL')).toBe('amqp://guest:(hidden)@broker:5672/vhost?(hidden)');
  expect(values.get('WAZO_URL')).toBe('https://hub:(hidden)@wazo.example');
  expect(values.get('RTE_ALLOWED_ORIGINS')).toBe(
    'https://ui.example:8443,https://me:(hidden)@ui.example',
  );
  const host = { name: 'RTE_HOST', value: undefined, defaultText: '127.0.0.1' };
  expect(shown).toContainEqual(host);
  expect(JSON.stringify(shown)).not.toContain('hush');
});
