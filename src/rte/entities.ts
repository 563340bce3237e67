import type { CallList, Directory, Organization, Queue, User } from '../directory/types.js';
import type { EntityType } from './events/event-definition.js';

/** Names something that events can be about. The id is a lower-case guid. */
export interface EntityRef {
  readonly type: EntityType;
  readonly id: string;
}

/** Something that events can be about, with what the directory says of it. */
export type Entity =
  | { readonly type: 'User'; readonly entry: User }
  | { readonly type: 'Queue'; readonly entry: Queue }
  | { readonly type: 'CallList'; readonly entry: CallList }
  | { readonly type: 'Organization'; readonly entry: Organization };

/** All kinds of entities. */
export const entityTypes = [
  'User',
  'Queue',
  'CallList',
  'Organization',
] as const satisfies readonly EntityType[];

/** The entity in the directory; undefined when there is none of that kind with that id. */
export function findEntity(directory: Directory, { type, id }: EntityRef): Entity | undefined {
  switch (type) {
    case 'User': {
      const entry = directory.users.get(id);
      return entry && { type, entry };
    }
    case 'Queue': {
      const entry = directory.queues.get(id);
      return entry && { type, entry };
    }
    case 'CallList': {
      const entry = directory.callLists.get(id);
      return entry && { type, entry };
    }
    case 'Organization': {
      const entry = directory.organizations.get(id);
      return entry && { type, entry };
    }
  }
}

/** Whose entity it is; an organization is its own. */
export function organizationOf(entity: Entity): string {
  return entity.type === 'Organization' ? entity.entry.id : entity.entry.organizationId;
}
