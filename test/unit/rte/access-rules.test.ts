import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccessRules, requiredAccess } from '../../../src/rte/access-rules.js';
import { eventAcl } from '../../../src/rte/event-acl.js';

const ME = 'aaaaaaaa-0000-4000-8000-000000000011';
const OTHER = 'aaaaaaaa-0000-4000-8000-000000000012';
const QUEUE = 'aaaaaaaa-0000-4000-8000-000000000201';

const ownStatus = requiredAccess({ type: 'User', id: ME }, 'UserStatus');
const otherStatus = requiredAccess({ type: 'User', id: OTHER }, 'UserStatus');
const queueStatus = requiredAccess({ type: 'Queue', id: QUEUE }, 'QueueStatus');
const callback = requiredAccess({ type: 'CallList', id: QUEUE }, 'CallbackChanged');
const sourceStatus = requiredAccess({ type: 'Organization', id: QUEUE }, 'SourceStatus');
const accesses = [ownStatus, otherStatus, queueStatus, callback, sourceStatus];

const rules = (...acl: string[]) => new AccessRules({ acl, me: ME });

it('the access that each kind of entity needs', () => {
  expect(accesses).toEqual([
    `events.rte.users.${ME}.UserStatus`,
    `events.rte.users.${OTHER}.UserStatus`,
    `events.rte.queues.${QUEUE}.QueueStatus`,
    `events.rte.calllists.${QUEUE}.CallbackChanged`,
    `events.rte.organizations.${QUEUE}.SourceStatus`,
  ]);
});

describe('an access control list grants', () => {
  it.each([
    ['everything', ['#'], accesses],
    ['all events', ['events.#'], accesses],
    ['what is asked for here', ['events.rte.#'], accesses],
    ['nothing when it is empty', [], []],
    ['nothing by what it denies only', ['!events.rte.queues.#'], []],
    ['nothing by other accesses', ['calld.#', 'events.calls.me', 'websocketd'], []],
    ['what is about oneself', ['events.rte.users.me.*'], [ownStatus]],
    ['one event of everybody', ['events.rte.users.*.UserStatus'], [ownStatus, otherStatus]],
    ['what is not denied', ['#', '!events.rte.users.#'], [queueStatus, callback, sourceStatus]],
    [
      'what is not denied before',
      ['!events.rte.users.#', '#'],
      [queueStatus, callback, sourceStatus],
    ],
    ['nothing of what is denied exactly too', ['!#', ownStatus], []],
    ['others than oneself', ['events.rte.users.#', '!events.rte.users.me.#'], [otherStatus]],
    ['nothing to another case', ['Events.RTE.#'], []],
  ])('%s: %j', (_what, acl, granted) => {
    expect(accesses.filter((access) => rules(...acl).permits(access))).toEqual(granted);
  });
});

const entry = fc.constantFrom(
  '#',
  '*',
  '*.#',
  'events.#',
  'events.*.users.#',
  'events.rte.#',
  'events.rte.users.me.*',
  'events.rte.users.me.UserStatus',
  'events.rte.*.*.*',
  'events.rte.queues.#',
  'ev*.rte.#.QueueStatus',
  'events.calls.me',
  'calld.#',
  'events',
  'events.rte',
  'me.rte.#',
);
const acl = fc.array(
  fc.oneof(
    entry,
    entry.map((text) => `!${text}`),
  ),
  { maxLength: 6 },
);

describe('what a token carries of an access control list', () => {
  it('grants the same events as the whole list', () => {
    fc.assert(
      fc.property(acl, (whole) => {
        const carried = eventAcl(whole);
        const granted = carried.ok ? carried.acl : [];
        for (const access of accesses) {
          expect(rules(...granted).permits(access)).toBe(rules(...whole).permits(access));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      'what is about other things',
      ['calld.#', 'events.calls.me', 'events.rte.#'],
      ['events.rte.#'],
    ],
    ['what is said twice', ['events.rte.*.*.A', 'events.rte.*.*.A'], ['events.rte.*.*.A']],
    ['what a wider one grants', ['events.rte.queues.#', '#', 'events.#'], ['#']],
    ['denials when nothing is granted', ['!events.rte.#', 'calld.#'], []],
    ['no denial that matters', ['!events.rte.users.#', '#'], ['!events.rte.users.#', '#']],
  ])('leaves out %s', (_what, whole, carried) => {
    expect(eventAcl(whole)).toEqual({ ok: true, acl: carried });
  });

  it('thousands of entries about other things do not matter', () => {
    const others = Array.from({ length: 5_000 }, (_, i) => `confd.users.${String(i)}.read`);
    expect(eventAcl([...others, 'events.rte.#'])).toEqual({ ok: true, acl: ['events.rte.#'] });
  });

  it.each([
    ['entries', Array.from({ length: 101 }, (_, i) => `events.rte.*.*.E${String(i)}`), 101],
    ['bytes', [`events.rte.users.${'ä'.repeat(1_500)}`], 1],
  ])('has a bound of %s', (_what, whole, entries) => {
    expect(eventAcl(whole)).toMatchObject({ ok: false, entries });
    expect(eventAcl(whole.slice(1))).toMatchObject({ ok: true });
  });
});
