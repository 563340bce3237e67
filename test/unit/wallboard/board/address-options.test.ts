import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAddress,
  readAddress,
} from '../../../../src/wallboard/board/model/address-options.js';
import { AGENT_GROUPS } from '../../../../src/wallboard/board/model/agent-state.js';
import {
  type BoardOptions,
  DEFAULT_OPTIONS,
  ORDERS,
  SECTIONS,
} from '../../../../src/wallboard/board/model/board-options.js';
import { areLimits } from '../../../../src/wallboard/board/model/thresholds.js';

describe('the address of a board', () => {
  it('says what is shown, and how', () => {
    const address =
      '?queues=Sales,Support Line&show=agents,queues&waiting=3,6&wait=30,60&overdue=2,9' +
      '&order=worst&agents=busy&group=1&page=20';
    expect(readAddress(address)).toEqual({
      chosen: {
        queues: ['Sales', 'Support Line'],
        sections: ['queues', 'agents'],
        waiting: { warning: 3, critical: 6 },
        waitSeconds: { warning: 30, critical: 60 },
        overdue: { warning: 2, critical: 9 },
        order: 'worst',
        agents: ['busy'],
        isGrouped: true,
        pageSeconds: 20,
      },
      faults: [],
    });
  });

  it('says nothing when there is none', () => {
    expect(readAddress('')).toEqual({ chosen: {}, faults: [] });
  });

  it.each([
    ['waiting=six', 'not-limits'],
    ['waiting=3', 'not-limits'],
    ['waiting=6,3', 'not-limits'],
    ['waiting=3,6,9', 'not-limits'],
    ['wait=-1,5', 'not-limits'],
    ['wait=30,86401', 'not-limits'],
    ['overdue=1.5,2', 'not-limits'],
    ['page=1', 'not-seconds'],
    ['page=601', 'not-seconds'],
    ['show=queues,charts', 'not-one-of'],
    ['show=', 'not-one-of'],
    ['agents=lazy', 'not-one-of'],
    ['order=best', 'not-one-of'],
    ['group=yes', 'not-one-of'],
    ['colour=red', 'unknown-parameter'],
    ['constructor=1', 'unknown-parameter'],
  ])('with %s names the fault and goes on without it', (query, kind) => {
    const [parameter = '', value = ''] = query.split('=');
    const { chosen, faults } = readAddress(`?${query}&order=worst`);
    expect(chosen).toEqual({ order: 'worst' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ parameter, value, problem: { kind } });
  });

  it('leaves alone what is not the board’s', () => {
    expect(readAddress('?theme=dark', ['theme']).faults).toEqual([]);
  });

  const limits = fc.record({ warning: fc.nat(86_400), critical: fc.nat(86_400) }).filter(areLimits);
  const anyOptions: fc.Arbitrary<BoardOptions> = fc.record({
    queues: fc.array(fc.stringMatching(/^[A-Za-z&=+ ]*[A-Za-z]$/u).map((name) => name.trim())),
    sections: fc.subarray([...SECTIONS], { minLength: 1 }),
    agents: fc.subarray([...AGENT_GROUPS]),
    order: fc.constantFrom(...ORDERS),
    isGrouped: fc.boolean(),
    pageSeconds: fc.integer({ min: 5, max: 600 }),
    waiting: limits,
    waitSeconds: limits,
    overdue: limits,
  });

  it('that is made of options says these options', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { chosen, faults } = readAddress(formatAddress(options, DEFAULT_OPTIONS));
        expect(faults).toEqual([]);
        expect({ ...DEFAULT_OPTIONS, ...chosen }).toEqual(options);
      }),
    );
  });

  it('is never a reason to fail', () => {
    fc.assert(
      fc.property(fc.string(), (search) => {
        expect(() => readAddress(`?${search}`)).not.toThrow();
      }),
    );
  });
});
