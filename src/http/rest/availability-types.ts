import type { AvailabilityName } from './services.js';

/**
 * The vendor's numbers of availabilities. Only 3, DoNotDisturb, is public; it is the third in the
 * order in which the RTE's documentation lists the words, so the others follow that order.
 */
export const AVAILABILITY_TYPES = [
  { id: 1, name: 'Available' },
  { id: 2, name: 'Busy' },
  { id: 3, name: 'DoNotDisturb' },
  { id: 4, name: 'OffWork' },
  { id: 5, name: 'BRB' },
  { id: 6, name: 'Away' },
] as const satisfies readonly { readonly id: number; readonly name: AvailabilityName }[];

/** The word for a number; undefined for one that there is not. */
export function availabilityOfType(typeId: number): AvailabilityName | undefined {
  return AVAILABILITY_TYPES.find(({ id }) => id === typeId)?.name;
}

/** The number of a word. */
export function typeOfAvailability(name: AvailabilityName): number {
  const index = AVAILABILITY_TYPES.findIndex((type) => type.name === name);
  return AVAILABILITY_TYPES[index]?.id ?? 0;
}
