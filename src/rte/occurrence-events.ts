import type { CallbackMade, CallerUnserved, Occurrence } from '../contact-center/index.js';
import type { Directory } from '../directory/types.js';
import type { RteEvent } from './events/create-event.js';
import { mapOccurrence } from './occurrence-mapper.js';
import { mapMonitoring, mapSupervision } from './supervision-mapper.js';

/**
 * What happened, as all the events of RTE that tell it; `timestamp` is epoch ms of the messages. None
 * when the directory does not have whom it is about.
 */
export function occurrenceEvents(
  occurrence: Exclude<Occurrence, CallbackMade | CallerUnserved>,
  directory: Directory,
  timestamp: number,
): readonly RteEvent[] {
  if (occurrence.kind === 'supervision-changed') {
    return mapSupervision(occurrence, directory, timestamp);
  }
  const event = mapOccurrence(occurrence, directory, timestamp);
  if (event === undefined) return [];
  if (occurrence.kind !== 'user-call-connected') return [event];
  return [event, ...mapMonitoring(occurrence, directory, timestamp)];
}
