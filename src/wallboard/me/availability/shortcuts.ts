import { AVAILABILITIES, type AvailabilityName } from './availability.js';

/** What of a key press is looked at. */
interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  /** It goes into a field. */
  readonly isWriting: boolean;
}

/** The availability that a key sets; undefined for other keys, and where somebody writes. */
export function chosenByKey(press: KeyPress): AvailabilityName | undefined {
  const { key, ctrlKey, altKey, metaKey, repeat, isWriting } = press;
  if (ctrlKey || altKey || metaKey || repeat || isWriting) return undefined;
  return /^\d$/u.test(key) ? AVAILABILITIES[Number(key) - 1] : undefined;
}

/** Where an arrow key leads from an availability; undefined for other keys. */
export function neighbour(name: AvailabilityName, key: string): AvailabilityName | undefined {
  const step = STEPS.get(key);
  if (step === undefined) return undefined;
  const count = AVAILABILITIES.length;
  return AVAILABILITIES[(AVAILABILITIES.indexOf(name) + step + count) % count];
}

const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowRight', 1],
  ['ArrowDown', 1],
  ['ArrowLeft', -1],
  ['ArrowUp', -1],
]);
