import { describe, expect, it } from 'vitest';
import { alertGuid } from '../../../src/contact-center/index.js';
import { parseDirectory } from '../../../src/directory/index.js';
import { ids, smallDirectory, testOptions } from './directory-fixture.js';

const length = { measure: 'queueLength', above: 5 } as const;
const wait = { measure: 'longestWait', above: 60 } as const;
const level = { measure: 'serviceLevel', below: 80, withinSeconds: 20 } as const;
const times = { forSeconds: 0, quietSeconds: 30 };
const stranger = 'cccccccc-0000-4000-8000-000000000099';

function idOf(key: string): string {
  return alertGuid(ids.sales, key);
}

function parse(alerts: unknown, changes: object = {}) {
  const file = smallDirectory();
  const queues = [{ ...file.queues[0], alerts, ...changes }];
  return parseDirectory({ ...file, queues }, testOptions);
}

describe('the alerts of a queue', () => {
  it("go to its supervisors, with the queue's name and usual times, unless told otherwise", async () => {
    const own = { ...wait, name: 'SLA', recipients: [ids.anna], forSeconds: 5, quietSeconds: 0 };
    const parsed = await parse([length, own, level]);
    expect(parsed.ok && parsed.directory.queues.get(ids.sales)?.alerts).toEqual([
      {
        ...length,
        ...times,
        id: idOf('queueLength > 5'),
        name: 'Sales: queueLength',
        recipients: [ids.ben],
      },
      { ...own, id: idOf('SLA') },
      {
        ...level,
        ...times,
        windowSeconds: 1_800,
        minimumCalls: 10,
        id: idOf('serviceLevel(20 s, 1800 s) < 80'),
        name: 'Sales: serviceLevel',
        recipients: [ids.ben],
      },
    ]);
    expect(parsed.ok && parsed.warnings).toEqual([]);
  });

  it('that reach nobody are warned of', async () => {
    const parsed = await parse([length], { supervisors: [] });
    expect(parsed.ok && parsed.warnings.map(({ path }) => path)).toEqual(['queues[0].alerts[0]']);
  });

  it.each([
    ['an unknown measure', [{ ...length, measure: 'mood' }], '[0].measure'],
    [
      'a limit on the wrong side',
      [{ measure: 'queueLength', below: 5 }],
      ['[0].above', '[0].below'],
    ],
    ['no limit', [{ measure: 'longestWait' }], '[0].above'],
    ['a share of more than all', [{ ...level, below: 101 }], '[0].below'],
    ['a service level of no time', [{ ...level, withinSeconds: 0 }], '[0].withinSeconds'],
    ['a window of a second', [{ ...level, windowSeconds: 1 }], '[0].windowSeconds'],
    ['a window for a wait', [{ ...wait, windowSeconds: 60 }], '[0].windowSeconds'],
    ['the same twice', [length, wait, length], '[2]'],
    [
      'one name for two',
      [
        { ...length, name: 'A' },
        { ...wait, name: 'A' },
      ],
      '[1]',
    ],
    ['nobody to tell', [{ ...length, recipients: [] }], '[0].recipients'],
    ['an unknown user', [{ ...length, recipients: [stranger] }], '[0].recipients[0]'],
    ["another organization's user", [{ ...length, recipients: [ids.olga] }], '[0].recipients[0]'],
    ['a user twice', [{ ...length, recipients: [ids.ben, ids.ben] }], '[0].recipients[1]'],
    ['a word for a list', 'all', ''],
  ])('with %s are a fault', async (_what, alerts, paths) => {
    const parsed = await parse(alerts);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.path).toSorted()).toEqual(
      [paths].flat().map((path) => `queues[0].alerts${path}`),
    );
  });
});
