import { asteriskName } from './asterisk-name.js';
import { formatPath, type DirectoryFault } from './faults.js';
import type { Outline } from './outline.js';

interface Place {
  readonly path: readonly PropertyKey[];
  readonly value: string | number | undefined;
}

/** Names that must be given once only: our ids, login names, and the ids on Wazo's side. */
export function duplicateFaults(outline: Outline): DirectoryFault[] {
  return [
    ...repeated(idPlaces(outline)),
    ...repeated(userNamePlaces(outline)),
    ...repeated(tenantPlaces(outline)),
    ...repeated(wazoUserPlaces(outline)),
    ...repeated(queueNamePlaces(outline)),
    ...repeated(queueIdPlaces(outline)),
    ...listedTwice(outline),
  ];
}

/** An RTE entity id says nothing of its kind, so ids are unique over all kinds. */
function idPlaces(outline: Outline): Place[] {
  const sections = ['organizations', 'users', 'queues', 'callLists'] as const;
  return sections.flatMap((section) =>
    outline[section].map((entry, index) => ({ path: [section, index, 'id'], value: entry?.id })),
  );
}

function userNamePlaces({ users }: Outline): Place[] {
  return users.map((user, index) => ({
    path: ['users', index, 'userName'],
    value: user?.userName?.toLowerCase(),
  }));
}

function tenantPlaces({ organizations }: Outline): Place[] {
  return organizations.map((organization, index) => ({
    path: ['organizations', index, 'wazo', 'tenantUuid'],
    value: organization?.wazo?.tenantUuid ?? organization?.id,
  }));
}

function wazoUserPlaces({ users }: Outline): Place[] {
  return users.map((user, index) => ({
    path: ['users', index, 'wazo', 'userUuid'],
    value: user?.wazo?.userUuid ?? user?.id,
  }));
}

/** Asterisk knows one queue by a name, whatever its tenant. */
function queueNamePlaces({ queues }: Outline): Place[] {
  return queues.map((queue, index) => ({
    path: ['queues', index, 'wazo', 'queueName'],
    value: queue && asteriskName(queue),
  }));
}

function queueIdPlaces({ queues }: Outline): Place[] {
  return queues.map((queue, index) => ({
    path: ['queues', index, 'wazo', 'queueId'],
    value: queue?.wazo?.queueId,
  }));
}

function listedTwice(outline: Outline): DirectoryFault[] {
  const lists = [
    ...outline.queues.flatMap((queue, index) => [
      places(['queues', index, 'members'], queue?.members),
      places(['queues', index, 'supervisors'], queue?.supervisors),
      ...(queue?.alerts ?? []).map((alert, alertIndex) =>
        places(['queues', index, 'alerts', alertIndex, 'recipients'], alert?.recipients),
      ),
    ]),
    ...outline.callLists.map((list, index) =>
      places(['callLists', index, 'queueIds'], list?.queueIds),
    ),
  ];
  return lists.flatMap((list) => repeated(list));
}

function places(path: readonly PropertyKey[], values: readonly (string | undefined)[] = []) {
  return values.map((value, index) => ({ path: [...path, index], value }));
}

function repeated(candidates: readonly Place[]): DirectoryFault[] {
  const first = new Map<string | number, string>();
  return candidates.flatMap(({ path, value }) => {
    if (value === undefined) return [];
    const earlier = first.get(value);
    if (earlier !== undefined) {
      return [
        {
          path: formatPath(path),
          message: `${value} is already given at ${earlier}: give it once`,
        },
      ];
    }
    first.set(value, formatPath(path));
    return [];
  });
}
