import { expect, it } from 'vitest';
import { LoginThrottle } from '../../../src/identity/index.js';

function throttleWithClock() {
  const clock = { now: 1000 };
  return { clock, throttle: new LoginThrottle({ now: () => clock.now }) };
}

function failTimes(throttle: LoginThrottle, times: number, address = '192.0.2.1') {
  for (let i = 0; i < times; i += 1) throttle.failed(address, 'anna');
}

it('nine failures are free, the tenth closes the door for the rest of the minute', () => {
  const { clock, throttle } = throttleWithClock();
  failTimes(throttle, 9);
  expect(throttle.waitSeconds('192.0.2.1', 'anna')).toBe(0);
  clock.now += 10_000;
  failTimes(throttle, 1);
  expect(throttle.waitSeconds('192.0.2.1', 'anna')).toBe(50);
});

it('the door opens when the minute is over', () => {
  const { clock, throttle } = throttleWithClock();
  failTimes(throttle, 10);
  clock.now += 59_999;
  expect(throttle.waitSeconds('192.0.2.1', 'anna')).toBe(1);
  clock.now += 1;
  expect(throttle.waitSeconds('192.0.2.1', 'anna')).toBe(0);
});

it('a name in another letter case is the same name', () => {
  const { throttle } = throttleWithClock();
  failTimes(throttle, 10);
  expect(throttle.waitSeconds('192.0.2.1', 'ANNA')).toBe(60);
});

it('other addresses and other names are not held up', () => {
  const { throttle } = throttleWithClock();
  failTimes(throttle, 10);
  expect(throttle.waitSeconds('192.0.2.2', 'anna')).toBe(0);
  expect(throttle.waitSeconds('192.0.2.1', 'ben')).toBe(0);
});

it('made-up names do not grow memory without bound', () => {
  const { throttle } = throttleWithClock();
  for (let i = 0; i < 20_000; i += 1) throttle.failed('192.0.2.1', `name${i}`);
  expect(throttle.size).toBe(10_000);
});
