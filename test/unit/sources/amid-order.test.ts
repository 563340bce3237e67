import { expect, it } from 'vitest';
import { amidOrder } from '../../support/amid-order.js';

const event = (number: number, bytes: number) => ({
  number,
  data: { Padding: 'x'.repeat(bytes - 'Padding: \r\n\r\n'.length) },
});

const numbers = (sizes: readonly number[]) =>
  amidOrder(sizes.map((bytes, index) => event(index + 1, bytes))).map(({ number }) => number);

it.each<[string, number[], number[]]>([
  ['one event stays', [100], [1]],
  ['events of one read come last first', [100, 100, 100, 100, 100], [5, 4, 3, 2, 1]],
  ['reads keep their order', [2000, 2000, 2000, 2000, 2000], [2, 1, 4, 3, 5]],
  ['an event that ends with the piece belongs to it', [2048, 2048, 20], [2, 1, 3]],
  ['an event longer than a piece comes with its end', [20, 9000, 20], [1, 3, 2]],
])('%s', (_name, sizes, expected) => {
  expect(numbers(sizes)).toEqual(expected);
});
