import type { FilledDirectoryFile } from './file-schema.js';
import type { FoundUser } from './found.js';

/** All uuids of Wazo that a file names. */
export function wazoUuidsOf({ organizations, users }: FilledDirectoryFile): string[] {
  return [
    ...organizations.map(({ wazo }) => wazo?.tenantUuid),
    ...users.map(({ wazo }) => wazo?.userUuid),
  ].filter((uuid) => uuid !== undefined);
}

/** What the system calls an entity; what the file says of that wins. */
export function idsOf<Wazo extends object, Portsip extends object>(
  found: { readonly wazo?: Wazo; readonly portsip?: Portsip },
  known: { readonly wazo?: object | undefined; readonly portsip?: object | undefined } = {},
): { wazo?: Wazo; portsip?: Portsip } {
  const { wazo, portsip } = found;
  return {
    ...(wazo === undefined ? {} : { wazo: { ...wazo, ...known.wazo } }),
    ...(portsip === undefined ? {} : { portsip: { ...portsip, ...known.portsip } }),
  };
}

/** What the system calls a user, as an entry of the file has it. */
export function idsOfUser({ wazo, portsip }: FoundUser) {
  return {
    ...(wazo === undefined ? {} : { wazo: copyOf(wazo) }),
    ...(portsip === undefined ? {} : { portsip: { ...portsip } }),
  };
}

function copyOf({ userUuid, agentIds, interfaces, lineIds }: NonNullable<FoundUser['wazo']>) {
  return {
    userUuid,
    agentIds: [...agentIds],
    interfaces: [...interfaces],
    lineIds: [...lineIds],
  };
}
