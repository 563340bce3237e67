import type { Directory, User } from '../directory/types.js';
import { readUnverified } from '../identity/index.js';
import { MAX_CLAIMED_LENGTH } from './limits.js';
import type { Refusal } from './refusal.js';

/** Whose administrators are told of a refusal, and who is said to have asked. */
export interface Attribution {
  readonly organizationId: string;
  readonly who: Pick<Refusal, 'userId' | 'userName' | 'isClaimed'>;
}

const NOBODY = { userId: null, userName: null, isClaimed: true } as const;

/**
 * Somebody who has proved who they are. The organization is the directory's; who is no longer in
 * there is the business of the organization that they were in.
 * @returns undefined when that organization is not in the directory
 */
export function ofProven(
  directory: Directory,
  { id, organizationId }: Pick<User, 'id' | 'organizationId'>,
): Attribution | undefined {
  const user = directory.users.get(id);
  const home = user?.organizationId ?? organizationId;
  if (!directory.organizations.has(home)) return undefined;
  const who = { userId: id, userName: user?.userName ?? null, isClaimed: false };
  return { organizationId: home, who };
}

/** Somebody who says to be a user of that name. */
export function ofClaimedName(directory: Directory, userName: string): Attribution | undefined {
  const user = directory.userByName(userName);
  return user === undefined ? ofNobody(directory, shortened(userName)) : claiming(user);
}

/** The bearer of a token that proves nothing. */
export function ofClaimedToken(
  directory: Directory,
  token: string | undefined,
): Attribution | undefined {
  const { sub, preferred_username: name } = readUnverified(token ?? '')?.payload ?? {};
  const byId = typeof sub === 'string' ? directory.users.get(sub.toLowerCase()) : undefined;
  const user = byId ?? (typeof name === 'string' ? directory.userByName(name) : undefined);
  return user === undefined ? ofNobody(directory) : claiming(user);
}

/** Where there is one organization only, what is nobody's is shown to its administrators. */
function ofNobody(directory: Directory, userName: string | null = null): Attribution | undefined {
  const [sole, ...others] = directory.organizations.keys();
  if (sole === undefined || others.length > 0) return undefined;
  return { organizationId: sole, who: { ...NOBODY, userName } };
}

function claiming({ id, userName, organizationId }: User): Attribution {
  return { organizationId, who: { userId: id, userName, isClaimed: true } };
}

/** A name that nobody has may be a password in the wrong field: its beginning has to do. */
function shortened(userName: string): string {
  return `${userName.slice(0, 2)}… (${String(userName.length)})`;
}

/** A text of a client's, of a length that can be kept. */
export function clipped(text: string): string {
  return text.length <= MAX_CLAIMED_LENGTH ? text : `${text.slice(0, MAX_CLAIMED_LENGTH)}…`;
}
