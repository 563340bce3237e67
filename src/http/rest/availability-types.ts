import type { AvailabilityName } from './services.js';

/**
 * The vendor's numbers of availabilities. Only 3, DoNotDisturb, is public; it is the third in the
 * order in which the RTE's documentation lists the words, so the others follow that order.
 */
const TYPE_IDS = {
  Available: 1,
  Busy: 2,
  DoNotDisturb: 3,
  OffWork: 4,
  BRB: 5,
  Away: 6,
} as const satisfies Readonly<Record<AvailabilityName, number>>;

type TypeId = (typeof TYPE_IDS)[AvailabilityName];

/** RTE's words, in the order of their numbers. */
export const AVAILABILITY_NAMES = [
  'Available',
  'Busy',
  'DoNotDisturb',
  'OffWork',
  'BRB',
  'Away',
] as const satisfies readonly AvailabilityName[];

/** The numbers of all words. */
export const AVAILABILITY_TYPE_IDS: readonly TypeId[] = AVAILABILITY_NAMES.map(typeOfAvailability);

/** The number of a word. */
export function typeOfAvailability(name: AvailabilityName): TypeId {
  return TYPE_IDS[name];
}
