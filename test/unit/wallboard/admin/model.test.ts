import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatMilliseconds,
  formatRate,
  severityOfLag,
  severityOfWaiting,
  shortAgent,
} from '../../../../src/wallboard/admin/model/figures.js';
import { EntityNames } from '../../../../src/wallboard/admin/model/names.js';
import { inOrder, pressed } from '../../../../src/wallboard/admin/model/order.js';
import { outcomesOf } from '../../../../src/wallboard/admin/model/outcomes.js';
import {
  outcomeWords,
  reasonWords,
  stepWords,
} from '../../../../src/wallboard/admin/model/reasons.js';
import { tabOfHash } from '../../../../src/wallboard/admin/model/tabs.js';
import { MAX_TAIL, passes, summaryOf, Tail } from '../../../../src/wallboard/admin/model/tail.js';

const event = (entityId: string, name = 'UserStatus') => ({ name, entityId, at: 0, data: {} });

describe('the tail', () => {
  it('has the newest first, each with a key of its own, up to its bound', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(200), { maxLength: 12 }), (bursts) => {
        const tail = new Tail();
        let last = 0;
        for (const size of bursts) {
          tail.add(
            Array.from({ length: size }, () => event(String(++last))),
            0,
          );
        }
        const shown = Math.min(last, MAX_TAIL);
        const expected = Array.from({ length: shown }, (_, index) => String(last - index));
        expect(tail.events.map(({ entityId }) => entityId)).toEqual(expected);
        expect(new Set(tail.events.map(({ key }) => key)).size).toBe(shown);
      }),
    );
  });

  it('tells the rate of the last ten seconds, and is empty once cleared', () => {
    const tail = new Tail();
    tail.add([event('a'), event('b')], 0);
    tail.add([event('c')], 9_000);
    expect([tail.rate(9_500), tail.rate(10_500), tail.rate(20_000)]).toEqual([0.3, 0.1, 0]);
    tail.clear();
    expect(tail.events).toEqual([]);
  });

  it.each([
    ['', '', true],
    ['sal', '', true],
    ['QUEUE-1', '', true],
    ['support', '', false],
    ['', 'QueueStatus', true],
    ['', 'UserStatus', false],
    ['sales', 'UserStatus', false],
  ])('entity "%s" and event "%s" let it through: %s', (entity, name, isThrough) => {
    const about = { entityId: 'queue-1', name: 'QueueStatus' };
    expect(passes(about, { entity, event: name }, () => 'Sales')).toBe(isThrough);
  });

  it('says in a line what is not said of every event', () => {
    const data = {
      eventType: 'QueueStatus',
      entityId: 'x',
      queueName: 'Sales',
      openStatus: 5,
      waiting: 0,
      isOpen: true,
      isClosed: false,
      callId: '495e41da-2f07-5dab-b43d-05f04ed57c37',
      since: '2026-11-21T10:00:00Z',
      note: '',
      extras: null,
    };
    expect(summaryOf(data)).toBe('queueName: Sales · openStatus: 5 · isOpen: true');
    expect(summaryOf(data, 1)).toBe('queueName: Sales');
  });
});

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_540, '1.5 kB'],
    [262_144, '262 kB'],
    [1_048_576, '1 MB'],
  ])('%i bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

  it.each([
    [3.6, '4 ms'],
    [1_250, '1.3 s'],
  ])('%d milliseconds are %s', (value, words) => expect(formatMilliseconds(value)).toBe(words));

  it.each([
    [0.04, '0'],
    [2.46, '2.5'],
    [17.6, '18'],
  ])('a rate of %d is %s', (rate, words) => expect(formatRate(rate)).toBe(words));

  it('are bad from the value on at which somebody is about to be disconnected, or notices', () => {
    expect([0, 262_144, 786_432].map(severityOfWaiting)).toEqual(['ok', 'warning', 'critical']);
    expect([999, 1_000, 5_000].map(severityOfLag)).toEqual(['ok', 'warning', 'critical']);
  });

  it.each([
    ['Microsoft SignalR/10.0 (10.0.11; Linux; NodeJS; 20.20.2)', 'Microsoft SignalR/10.0'],
    ['Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36', 'Chrome 141'],
    ['Mozilla/5.0 (X11) Chrome/141.0.0.0 Safari/537.36 Edg/141.0', 'Edge 141'],
    ['Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140'],
    ['Mozilla/5.0 (Macintosh) Version/18.1 Safari/605.1.15', 'Safari 605'],
    ['something of their own', 'something of their own'],
  ])('%s is %s', (agent, short) => expect(shortAgent(agent)).toBe(short));
});

describe('names', () => {
  const names = new EntityNames([{ id: 'q-1', name: 'Sales', type: 'Queue' }]);

  it('are found by id in any letter case, and ids by name', () => {
    expect([names.nameOf('Q-1'), names.nameOf('q-2')]).toEqual(['Sales', 'q-2']);
    expect(['sales ', 'Q-1', '*'].map((written) => names.idOf(written))).toEqual([
      'q-1',
      'q-1',
      '*',
    ]);
  });
});

describe('order', () => {
  it('turns round when a head is pressed again', () => {
    const first = pressed({ by: 'a', isDescending: false }, 'b', true);
    expect(first).toEqual({ by: 'b', isDescending: true });
    expect(pressed(first, 'b', true)).toEqual({ by: 'b', isDescending: false });
    expect(inOrder([1, 3, 2], first, (row) => row)).toEqual([3, 2, 1]);
  });
});

it('outcomes have trouble first, then the most frequent', () => {
  const counts = { applied: 90, duplicate: 8, 'unknown-entity': 2 };
  expect(outcomesOf(counts)).toEqual([
    { name: 'unknown-entity', count: 2, share: 0.02, isTrouble: true },
    { name: 'applied', count: 90, share: 0.9, isTrouble: false },
    { name: 'duplicate', count: 8, share: 0.08, isTrouble: false },
  ]);
});

it('words of the hub that the page does not know are shown as they are', () => {
  expect(reasonWords('wrong-password')).toBe('Wrong password or key');
  expect([reasonWords('of-tomorrow'), outcomeWords('of-tomorrow')]).toEqual([
    'of tomorrow',
    'of tomorrow',
  ]);
  expect([stepWords('Signature'), stepWords('Tomorrow')]).toEqual([
    'The signature is by that key',
    'Tomorrow',
  ]);
});

it.each([
  ['#sources', 'sources'],
  ['#CHECK', 'check'],
  ['', 'connections'],
  ['#nonsense', 'connections'],
])('the address %s shows %s', (hash, tab) => expect(tabOfHash(hash)).toBe(tab));
