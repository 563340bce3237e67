import { describe, expect, it } from 'vitest';
import { AVAILABILITIES } from '../../../../src/wallboard/me/availability/availability.js';
import { chosenByKey, neighbour } from '../../../../src/wallboard/me/availability/shortcuts.js';

const press = { ctrlKey: false, altKey: false, metaKey: false, repeat: false, isWriting: false };

describe('keys that set the availability', () => {
  it.each(AVAILABILITIES.map((name, index) => [String(index + 1), name] as const))(
    '%s is %s',
    (key, name) => {
      expect(chosenByKey({ ...press, key })).toBe(name);
    },
  );

  it.each([
    ['another digit', { key: '7' }],
    ['zero', { key: '0' }],
    ['a letter', { key: 'a' }],
    ['with control', { key: '1', ctrlKey: true }],
    ['with alt', { key: '1', altKey: true }],
    ['with the command key', { key: '1', metaKey: true }],
    ['held down', { key: '1', repeat: true }],
    ['where somebody writes', { key: '1', isWriting: true }],
  ])('%s sets nothing', (_, changes) => {
    expect(chosenByKey({ ...press, ...changes })).toBeUndefined();
  });
});

describe('arrows', () => {
  it.each([
    ['Available', 'ArrowRight', 'Busy'],
    ['Available', 'ArrowDown', 'Busy'],
    ['Busy', 'ArrowLeft', 'Available'],
    ['Busy', 'ArrowUp', 'Available'],
    ['Available', 'ArrowLeft', 'OffWork'],
    ['OffWork', 'ArrowRight', 'Available'],
    ['Busy', 'Enter', undefined],
  ] as const)('lead from %s by %s to %s', (name, key, next) => {
    expect(neighbour(name, key)).toBe(next);
  });
});
