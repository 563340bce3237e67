import type { DirectoryHolder } from '../directory/types.js';
import type { AccessAudit } from './access-audit.js';
import { mayReceive, ruleAgainstCausing, type Caller } from './access-policy.js';
import { eventCatalogue, type RteEventName } from './events/event-catalogue.js';

/** `not-found` is all that who may not receive the event hears, `forbidden` who may only receive it. */
export type ChangeRefusal = 'not-found' | 'forbidden';

/**
 * Tells why the caller may not change what the event about the entity tells of, and has it audited;
 * undefined when they may.
 * @param entityId a lower-case guid
 */
export function changeRefusal(
  { directory, audit }: { directory: DirectoryHolder; audit: Pick<AccessAudit, 'refused'> },
  caller: Caller,
  entityId: string,
  eventName: RteEventName,
): ChangeRefusal | undefined {
  const entity = { type: eventCatalogue[eventName].entityType, id: entityId };
  const rule = ruleAgainstCausing(directory.current, caller, entity, eventName);
  if (rule === undefined) return undefined;
  audit.refused({ reason: 'change', caller, entity, eventName, rule });
  return mayReceive(directory.current, caller, entity, eventName) ? 'forbidden' : 'not-found';
}
