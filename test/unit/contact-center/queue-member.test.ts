import { describe, expect, it } from 'vitest';
import type { DeviceState, MemberFacts } from '../../../src/contact-center/index.js';
import {
  applyFacts,
  endWrapUp,
  newMember,
  runningWrapUp,
  startWrapUp,
} from '../../../src/contact-center/queue-member.js';
import { type MemberCircumstances, memberState } from '../../../src/contact-center/member-state.js';
import { ann } from './story.js';

const idle = { busy: false, doNotDisturb: false, unreachable: false };

function memberWith(facts: MemberFacts) {
  return newMember('queue', ann, facts);
}

const call = { callId: 'call 1.1', legId: '1.1' };

describe('what a queue may expect of a member', () => {
  it.each<[DeviceState, string, string]>([
    ['unknown', 'free', 'free'],
    ['idle', 'free', 'free'],
    ['in-use', 'short-term-away', 'free'],
    ['busy', 'short-term-away', 'short-term-away'],
    ['invalid', 'long-term-away', 'long-term-away'],
    ['unavailable', 'long-term-away', 'long-term-away'],
    ['ringing', 'short-term-away', 'short-term-away'],
    ['ringing-in-use', 'short-term-away', 'short-term-away'],
    ['on-hold', 'short-term-away', 'short-term-away'],
  ])('with a device %s it is %s, with ring-in-use %s', (device, plain, ringInUse) => {
    expect(memberState(memberWith({ device }), 0, idle)).toBe(plain);
    expect(memberState(memberWith({ device, ringInUse: true }), 0, idle)).toBe(ringInUse);
  });

  it.each<[string, MemberFacts, MemberCircumstances, string]>([
    ['a pause', { paused: true }, idle, 'long-term-away'],
    ['do-not-disturb', {}, { ...idle, doNotDisturb: true }, 'long-term-away'],
    ['a queue call before the device shows it', {}, { ...idle, busy: true }, 'short-term-away'],
    ['a queue call with ring-in-use', { ringInUse: true }, { ...idle, busy: true }, 'free'],
    [
      'a pause during a call',
      { paused: true, device: 'in-use' },
      { ...idle, busy: true },
      'long-term-away',
    ],
  ])('%s makes it %s', (_what, facts, circumstances, expected) => {
    const member = memberWith({ device: 'idle', ...facts });
    expect(memberState(member, 0, circumstances)).toBe(expected);
  });

  it('in a wrap-up is short-term away until its very end', () => {
    const member = startWrapUp(memberWith({ device: 'idle' }), 1_000, 30, call);
    expect(memberState(member, 30_999, idle)).toBe('short-term-away');
    expect(memberState(member, 31_000, idle)).toBe('free');
  });
});

describe('facts of a member', () => {
  const known = memberWith({ paused: true, lastPause: 100, loginTime: 50, device: 'idle' });

  it.each<[string, MemberFacts, object]>([
    ['nothing new', {}, {}],
    ['an unpause', { paused: false, lastPause: 100 }, { paused: false }],
    ['an unpause without the time of the pause', { paused: false }, { paused: false }],
    [
      'an unpause with a time of 0, as older systems write',
      { paused: false, lastPause: 0 },
      { paused: false },
    ],
    [
      'an older pause, but a newer device',
      { paused: false, lastPause: 99, device: 'in-use' },
      { device: 'in-use' },
    ],
    ['a newer pause', { paused: true, lastPause: 101 }, { lastPause: 101 }],
    ['an older login', { paused: false, loginTime: 49, device: 'busy' }, {}],
    [
      'a newer login',
      { paused: false, lastPause: 100, loginTime: 51 },
      { paused: false, loginTime: 51 },
    ],
    ['a wrap-up of its own', { wrapUpSeconds: 5 }, { wrapUpSeconds: 5 }],
  ])('%s', (_what, facts, changes) => {
    expect(applyFacts(known, facts)).toEqual({ ...known, ...changes });
  });
});

describe('a wrap-up', () => {
  const member = memberWith({});

  it.each([
    ['the queue has none', 0, 0, undefined],
    ['only the queue has one', 0, 30, { start: 1_000, end: 31_000, ...call, isTold: true }],
    ['the member has its own', 10, 30, { start: 1_000, end: 11_000, ...call, isTold: true }],
    ['the figure is nonsense', -1, 30, { start: 1_000, end: 31_000, ...call, isTold: true }],
  ])('when %s', (_what, own, ofQueue, expected) => {
    const wrapUp = startWrapUp(memberWith({ wrapUpSeconds: own }), 1_000, ofQueue, call).wrapUp;
    expect(wrapUp).toEqual(expected);
  });

  it('is not ended by a call that was before it', () => {
    const wrappingUp = startWrapUp(member, 1_000, 30, call);
    expect(endWrapUp(wrappingUp, 999)).toBe(wrappingUp);
    expect(runningWrapUp(endWrapUp(wrappingUp, 1_000), 2_000)).toBeUndefined();
  });
});
