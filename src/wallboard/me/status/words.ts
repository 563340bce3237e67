import { text } from '../../texts/index.js';
import type { Desk } from '../desk.js';
import type { Standing } from './own-status.js';

/** The status in a word or two; an availability has the name under which it was set. */
export function headlineWords(headline: Standing['headline'], desk: Desk): string {
  const name = headline === 'unavailable' ? availabilityName(desk) : undefined;
  return name ?? text.me.status.headline[headline];
}

/** What the status means, and where it comes from. */
export function whyWords(headline: Standing['headline'], desk: Desk): string {
  const name = headline === 'unavailable' ? availabilityName(desk) : undefined;
  return name === undefined ? text.me.status.why[headline] : text.me.status.whyAvailability(name);
}

/** Status and availability are told one after the other, so one may still be the older one. */
function availabilityName({ availability }: Desk): string | undefined {
  const name = availability.state.value.held?.name ?? 'Available';
  return name === 'Available' ? undefined : text.me.availability.names[name];
}
