import { formatPath, type DirectoryFault } from './faults.js';
import type { Outline } from './outline.js';

/** Where an id is pointed to, and what it must be. */
interface Reference {
  readonly path: readonly PropertyKey[];
  readonly target: 'users' | 'queues';
  readonly id: string | undefined;
  /** Organization of the entry that points. */
  readonly organizationId: string | undefined;
}

/** References to entries that don't exist, or that belong to another organization. */
export function referenceFaults(outline: Outline): DirectoryFault[] {
  return [...organizationFaults(outline), ...memberFaults(outline)];
}

function organizationFaults(outline: Outline): DirectoryFault[] {
  const known = new Set(outline.organizations.map((organization) => organization?.id));
  const sections = ['users', 'queues', 'callLists'] as const;
  return sections.flatMap((section) =>
    outline[section].flatMap((entry, index) => {
      const id = entry?.organizationId;
      if (id === undefined || known.has(id)) return [];
      const path = formatPath([section, index, 'organizationId']);
      return [{ path, message: `${id} is none of the organizations: add it there or correct it` }];
    }),
  );
}

function memberFaults(outline: Outline): DirectoryFault[] {
  const organizationsOf = {
    users: organizationById(outline.users),
    queues: organizationById(outline.queues),
  };
  return referencesOf(outline).flatMap(({ path, target, id, organizationId }) => {
    if (id === undefined) return [];
    const known = organizationsOf[target];
    if (!known.has(id)) {
      const message = `${id} is none of the ${target}: add it there or correct it`;
      return [{ path: formatPath(path), message }];
    }
    const other = known.get(id);
    if (other === undefined || organizationId === undefined || other === organizationId) return [];
    const message = `${id} belongs to another organization (${other}): name one of ${organizationId}`;
    return [{ path: formatPath(path), message }];
  });
}

function referencesOf({ queues, callLists }: Outline): Reference[] {
  const ofQueues = queues.flatMap((queue, index) =>
    (['members', 'supervisors'] as const).flatMap((list) =>
      (queue?.[list] ?? []).map((id, position): Reference => {
        const path = ['queues', index, list, position];
        return { path, target: 'users', id, organizationId: queue?.organizationId };
      }),
    ),
  );
  const ofAlerts = queues.flatMap((queue, index) =>
    (queue?.alerts ?? []).flatMap((alert, alertIndex) =>
      (alert?.recipients ?? []).map((id, position): Reference => {
        const path = ['queues', index, 'alerts', alertIndex, 'recipients', position];
        return { path, target: 'users', id, organizationId: queue?.organizationId };
      }),
    ),
  );
  const ofCallLists = callLists.flatMap((callList, index) =>
    (callList?.queueIds ?? []).map((id, position): Reference => {
      const path = ['callLists', index, 'queueIds', position];
      return { path, target: 'queues', id, organizationId: callList?.organizationId };
    }),
  );
  return [...ofQueues, ...ofAlerts, ...ofCallLists];
}

function organizationById(entries: Outline['users'] | Outline['queues']) {
  const found = new Map<string, string | undefined>();
  for (const entry of entries) {
    // Of a repeated id the first counts; the others are reported as duplicates.
    if (entry?.id === undefined || found.has(entry.id)) continue;
    found.set(entry.id, entry.organizationId);
  }
  return found;
}
