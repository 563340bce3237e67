import type { Directory } from '../directory/types.js';
import { EVERY_ENTITY, namesMatching } from './event-pattern.js';
import { eventCatalogue, type RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';
import type { SubscriptionTarget, Topic } from './subscription.js';

/**
 * The topics that targets cover as far as the directory goes, in the order of the targets, each
 * once: of a wildcard every entity of its organization, whoever may see it.
 * @param names the events that matter
 */
export function* coveredTopics(
  directory: Directory,
  targets: Iterable<SubscriptionTarget>,
  names: ReadonlySet<RteEventName>,
): Generator<Topic> {
  const given = new Set<string>();
  for (const target of targets) {
    for (const eventName of namesMatching(target.eventName)) {
      if (!names.has(eventName)) continue;
      for (const entityId of entitiesOf(directory, target, eventName)) {
        const key = `${entityId} ${eventName}`;
        if (!given.has(key)) yield { entityId, eventName };
        given.add(key);
      }
    }
  }
}

function entitiesOf(
  directory: Directory,
  { entityId, organizationId }: SubscriptionTarget,
  eventName: RteEventName,
): readonly string[] {
  if (entityId !== EVERY_ENTITY) return [entityId];
  const { entityType } = eventCatalogue[eventName];
  if (entityType === 'Organization') return [organizationId];
  return Array.from(entriesOf(directory, entityType))
    .filter((entry) => entry.organizationId === organizationId)
    .map(({ id }) => id);
}

interface OwnedEntry {
  readonly id: string;
  readonly organizationId: string;
}

function entriesOf(
  directory: Directory,
  type: Exclude<EntityType, 'Organization'>,
): Iterable<OwnedEntry> {
  switch (type) {
    case 'User':
      return directory.users.values();
    case 'Queue':
      return directory.queues.values();
    case 'CallList':
      return directory.callLists.values();
  }
}
