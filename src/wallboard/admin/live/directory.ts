import { signal, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { RepeatedReading } from '../../shell/repeated-reading.js';
import type { Rest } from '../../shell/rest.js';
import type { ViewContext } from '../../shell/view-context.js';
import { EntityNames, NO_NAMES, type NamedEntity } from '../model/names.js';
import { eventsSchema, namedSchema, usersSchema } from '../model/schemas.js';

/** Who and what there is, for names and choices. */
export interface Directory {
  readonly names: EntityNames;
  readonly userNames: readonly string[];
  /** In the order of the alphabet. */
  readonly eventNames: readonly string[];
}

const EMPTY: Directory = { names: NO_NAMES, userNames: [], eventNames: [] };

/**
 * Reads it for as long as the console is shown, now and then anew. Until it is read, or when it can't
 * be, ids have to do: the tables say themselves when the hub is away.
 */
export function useDirectory({ rest, me }: ViewContext): ReadonlySignal<Directory> {
  const directory = useMemo(() => signal(EMPTY), []);
  useEffect(() => {
    const reading = new RepeatedReading(async () => {
      directory.value = await readDirectory(rest, me.organizationId);
    });
    reading.request();
    return () => reading.stop();
  }, [directory, rest, me.organizationId]);
  return directory;
}

async function readDirectory(rest: Rest, organizationId: string): Promise<Directory> {
  const [users, queues, lists, events] = await Promise.all([
    rest.get('/users', usersSchema),
    rest.get('/queues', namedSchema),
    rest.get('/calllists', namedSchema),
    rest.get('/events', eventsSchema),
  ]);
  return {
    names: new EntityNames([
      ...users.map(({ Id, DisplayName }) => ({ id: Id, name: DisplayName, type: 'User' as const })),
      ...queues.map((entry) => named('Queue', entry)),
      ...lists.map((entry) => named('CallList', entry)),
      { id: organizationId, name: organizationId, type: 'Organization' },
    ]),
    userNames: users.map(({ UserName }) => UserName).sort(),
    eventNames: events.map(({ Name }) => Name).sort(),
  };
}

function named(
  type: NamedEntity['type'],
  { Id: id, Name: name }: { readonly Id: string; readonly Name: string },
): NamedEntity {
  return { id, name, type };
}
