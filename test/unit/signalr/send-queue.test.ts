import { expect, it } from 'vitest';
import { SendQueue } from '../../../src/signalr/connections/transports/send-queue.js';
import { settle } from './fakes.js';

/** A queue, and who has reached its head in which order. */
function queueOf(size: number) {
  const queue = new SendQueue(size);
  const reached: string[] = [];
  const enter = (name: string) => {
    const turn = queue.enter();
    void turn?.reached.then(() => reached.push(name));
    return turn;
  };
  return { queue, reached, enter };
}

it('POSTs take their turns in the order in which they came', async () => {
  const { reached, enter } = queueOf(10);
  const [first, second] = [enter('first'), enter('second')];
  enter('third');
  await settle();
  expect(reached).toEqual(['first']);
  first?.leave();
  await settle();
  expect(reached).toEqual(['first', 'second']);
  second?.leave();
  await settle();
  expect(reached).toEqual(['first', 'second', 'third']);
});

it('who leaves before his turn holds up nobody', async () => {
  const { reached, enter } = queueOf(10);
  const [first, second] = [enter('first'), enter('second')];
  enter('third');
  second?.leave();
  first?.leave();
  await settle();
  expect(reached.at(-1)).toBe('third');
});

it('while reading is paused nobody is let in', async () => {
  const { queue, reached, enter } = queueOf(10);
  queue.pause();
  enter('first');
  await settle();
  expect(reached).toEqual([]);
  queue.resume();
  await settle();
  expect(reached).toEqual(['first']);
});

it('is bounded', () => {
  const { queue } = queueOf(2);
  const [first] = [queue.enter(), queue.enter()];
  expect(queue.enter()).toBeUndefined();
  first?.leave();
  expect(queue.enter()).toBeDefined();
});
