import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DEFAULTS } from '../../src/config/defaults.js';
import { STOP_MARGIN_MS } from '../../src/cli/stop-signals.js';
import { assignment, repositoryFile, unknownSettings } from '../support/deployment-files.js';

/** Values by section and name; a name may come more than once. */
function readUnit(text: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  let section = '';
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const header = /^\[(?<name>\w+)\]$/u.exec(line)?.groups?.['name'];
    const [name = '', ...rest] = line.split('=');
    const key = `${section}.${name}`;
    if (header === undefined) values.set(key, [...(values.get(key) ?? []), rest.join('=')]);
    else section = header;
  }
  return values;
}

const unit = readUnit(repositoryFile('scripts/systemd/rte-hub.service'));

function only(key: string): string {
  const [value, ...others] = unit.get(key) ?? [];
  expect(others).toEqual([]);
  if (value === undefined) throw new Error(`the unit has no ${key}`);
  return value;
}

describe('the systemd unit', () => {
  it('starts what the package has as its command', () => {
    const { bin } = z
      .object({ bin: z.record(z.string(), z.string()) })
      .parse(JSON.parse(repositoryFile('package.json')));
    const command = `/usr/bin/node /opt/rte-hub/${bin['rte-hub'] ?? ''} serve`;
    expect(only('Service.ExecStart')).toBe(command);
  });

  it('sets only settings that there are, and keeps its state where it may write', () => {
    const variables = (unit.get('Service.Environment') ?? []).map((pair) => assignment(pair));
    expect(unknownSettings(variables.map(([name]) => name))).toEqual([]);
    expect(Object.fromEntries(variables)).toEqual({
      NODE_ENV: 'production',
      RTE_DATA_DIR: `/var/lib/${only('Service.StateDirectory')}`,
    });
    expect(only('Service.ProtectSystem')).toBe('strict');
  });

  it('lets the hub part with its clients before it is killed', () => {
    const needed = DEFAULTS.drainSeconds + STOP_MARGIN_MS / 1000;
    expect(Number(only('Service.TimeoutStopSec'))).toBeGreaterThan(needed);
  });

  it('reloads by the signal that reads directory and keys again', () => {
    expect(only('Service.ExecReload')).toBe('/bin/kill -HUP $MAINPID');
  });

  it('may do nothing but what Node needs', () => {
    expect(only('Service.CapabilityBoundingSet')).toBe('');
    expect(only('Service.NoNewPrivileges')).toBe('yes');
    // Node ends at once where it may not have memory that is written and then run.
    expect(unit.has('Service.MemoryDenyWriteExecute')).toBe(false);
  });
});
