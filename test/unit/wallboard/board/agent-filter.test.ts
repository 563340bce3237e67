import { describe, expect, it } from 'vitest';
import { filterAgents } from '../../../../src/wallboard/board/model/agent-filter.js';
import type { Severity } from '../../../../src/wallboard/board/model/severity.js';
import { severityChanges } from '../../../../src/wallboard/board/model/severity-changes.js';

const AGENTS = [
  { id: '1', name: 'Chloé Martin', queueIds: ['a'] },
  { id: '2', name: 'David Okoye', queueIds: ['a', 'b'] },
];

describe('the agents that are wanted', () => {
  it.each([
    ['all', {}, ['1', '2']],
    ['a part of a name, without accents', { search: ' CHLOE' }, ['1']],
    ['members of a queue', { queueId: 'b' }, ['2']],
    ['groups of states', { groups: ['busy'] as const }, ['2']],
    ['nobody', { search: 'David', groups: ['free'] as const }, []],
  ])('can be %s', (_, filter, ids) => {
    const wanted = { search: '', queueId: null, groups: [], ...filter };
    const found = filterAgents(AGENTS, wanted, (id) => (id === '1' ? 'free' : 'busy'));
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});

describe('what is announced of severities', () => {
  it('is what became worse or better, and what is bad at first sight', () => {
    const before = new Map<string, Severity>([
      ['a', 'ok'],
      ['b', 'critical'],
      ['c', 'warning'],
    ]);
    const after = new Map<string, Severity>([
      ['a', 'warning'],
      ['b', 'ok'],
      ['c', 'warning'],
      ['d', 'critical'],
      ['e', 'ok'],
    ]);
    expect(severityChanges(before, after)).toEqual([
      { id: 'a', severity: 'warning' },
      { id: 'b', severity: 'ok' },
      { id: 'd', severity: 'critical' },
    ]);
  });
});
