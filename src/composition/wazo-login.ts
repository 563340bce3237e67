import type { Directory, User } from '../directory/types.js';
import {
  IdentityChecker,
  IdentityProviderError,
  loginByIdentity,
  type Admission,
  type ExternalIdentity,
  type ExternalLogins,
  type IdentityProvider,
} from '../identity/index.js';
import { eventAcl } from '../rte/event-acl.js';
import { roleOfAcl } from '../rte/login-role.js';
import { WazoRestError } from '../sources/wazo/rest/rest-error.js';
import { WazoAuth, type WazoTokenData } from '../sources/wazo/rest/wazo-auth.js';
import { WazoCaller, type WazoCallerOptions } from '../sources/wazo/rest/wazo-caller.js';

export interface WazoLoginOptions extends Pick<
  WazoCallerOptions,
  'url' | 'tlsInsecure' | 'onCall' | 'clock'
> {
  /** The directory in force, asked for at each login. */
  readonly directory: () => Directory;
  /** Epoch ms. */
  readonly now: () => number;
  /** Milliseconds that one question to wazo-auth may take. */
  readonly timeoutMs?: number;
}

/** Logins with what wazo-auth vouches for. */
export interface WazoLogin extends ExternalLogins<User> {
  readonly checker: IdentityChecker;
  /** Forgets what wazo-auth said of that session. */
  sessionEnded(id: string): void;
  /** Ends the questions that run and lets go of the connections. */
  close(): void;
}

/** Somebody waits for the answer, so it comes soon or not at all. */
const TIMEOUT_MS = 3000;

/** The second one is for a connection that was kept and that Wazo closed meanwhile. */
const TRIES = 2;

/** A token with thousands of entries in its list has some hundred kilobytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Makes logins by wazo-auth: nothing is asked before somebody logs in. */
export function createWazoLogin(options: WazoLoginOptions): WazoLogin {
  const { directory, now, timeoutMs = TIMEOUT_MS } = options;
  const limits = { timeoutMs, maxTries: TRIES, maxAnswerBytes: MAX_ANSWER_BYTES };
  const caller = new WazoCaller({ ...options, ...limits });
  const provider = wazoAuthProvider(new WazoAuth(caller));
  const checker = new IdentityChecker({ provider, now });
  return {
    checker,
    takes: (credentials) => credentials.kind !== 'code',
    isOwnKey: () => false,
    async login(credentials) {
      if (credentials.kind === 'code') return { kind: 'refused' };
      return loginByIdentity(checker, credentials, (identity) => admit(identity, directory()));
    },
    sizes: () => checker.sizes(),
    sessionEnded: (id) => checker.forget(({ sessionId }) => sessionId === id),
    close() {
      caller.stop();
      caller.close();
    },
  };
}

function wazoAuthProvider(auth: WazoAuth): IdentityProvider {
  return {
    identifyToken: (token) =>
      identify(async () => {
        const data = await auth.readToken(token);
        return data && { ...identityOf(data), validUntil: endOf(data) };
      }),
    identifyPassword: (userName, password) =>
      identify(async () => {
        const data = await auth.checkPassword(userName, password);
        // The token that proved the password is gone, and its session with it.
        return data && { ...identityOf(data), sessionId: undefined, validUntil: undefined };
      }),
  };
}

/** @throws IdentityProviderError when wazo-auth can't be asked */
async function identify(
  ask: () => Promise<ExternalIdentity | undefined>,
): Promise<ExternalIdentity | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof WazoRestError)) throw error;
    throw new IdentityProviderError(error.message, { cause: error });
  }
}

/** A user of wazo-confd has the same uuid as in wazo-auth, unless wazo-auth says another. */
function identityOf({ auth_id: authId, acl, session_uuid: session, metadata }: WazoTokenData) {
  return {
    userId: metadata?.pbx_user_uuid ?? metadata?.uuid ?? authId.toLowerCase(),
    tenantId: metadata?.tenant_uuid ?? undefined,
    sessionId: session?.toLowerCase(),
    acl: acl ?? [],
  };
}

/** Epoch ms; undefined when it is not told, or unreadable. */
function endOf({ utc_expires_at: end }: WazoTokenData): number | undefined {
  const time = Date.parse(`${end ?? ''}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * The user's rights are those of the directory: being an administrator of Wazo adds none. The list
 * may name a role of the hub.
 */
function admit(identity: ExternalIdentity, directory: Directory): Admission<User> {
  const user = usersByUuid(directory).get(identity.userId);
  if (user === undefined) return notAdmitted(identity, 'not in the directory', NOT_IN_DIRECTORY);
  const tenant = directory.organizations.get(user.organizationId)?.wazo.tenantUuid;
  if (identity.tenantId !== undefined && identity.tenantId !== tenant) {
    const why = `of tenant ${identity.tenantId}, in the directory of ${String(tenant)}`;
    return notAdmitted(identity, why, NOT_IN_DIRECTORY);
  }
  const events = eventAcl(identity.acl);
  if (!events.ok) {
    const why = `has ${events.entries} access rules for events, ${events.bytes} bytes`;
    return notAdmitted(identity, why, TOO_MANY_RULES);
  }
  const { sessionId, validUntil } = identity;
  const end = validUntil === undefined ? {} : { end: Math.floor(validUntil / 1000) };
  const session = sessionId === undefined ? {} : { session: { id: sessionId, ...end } };
  const access = { acl: [...events.acl], me: user.id, ...session };
  const role = roleOfAcl(identity.acl, user.id);
  const terms = {
    access,
    ...(validUntil === undefined ? {} : { notAfter: validUntil }),
    ...(role === undefined ? {} : { role }),
  };
  return { kind: 'accepted', user, terms };
}

const NOT_IN_DIRECTORY =
  'Wazo knows you, but the directory of this hub does not. Ask its operator.';
const TOO_MANY_RULES =
  'Your access rules in Wazo that begin with events.rte are too many. Ask for fewer, wider ones.';

function notAdmitted({ userId }: ExternalIdentity, why: string, detail: string): Admission<User> {
  return { kind: 'not-admitted', reason: `Wazo's user ${userId} ${why}`, detail };
}

// A directory never changes, so what follows from it lives as long as it does.
const indexes = new WeakMap<Directory, ReadonlyMap<string, User>>();

function usersByUuid(directory: Directory): ReadonlyMap<string, User> {
  const known = indexes.get(directory);
  if (known !== undefined) return known;
  const index = new Map(
    Array.from(directory.users.values(), (user) => [user.wazo.userUuid.toLowerCase(), user]),
  );
  indexes.set(directory, index);
  return index;
}
