import type { DirectoryHolder, User } from '../directory/types.js';
import type { AccessParts } from '../access/token-check.js';
import type { ConnectionList } from './connection-list.js';
import type { RefusalLog } from './refusal-log.js';
import type { RefusalRecorder } from './refusal-recorder.js';
import { listSources, type SourceRow } from './source-list.js';
import { judgeSubscription, type SubscriptionVerdict } from './subscription-verdict.js';
import { examineToken, type TokenVerdict } from './token-checks.js';

/** What the console is made of. */
interface ConsoleParts extends AccessParts {
  readonly directory: DirectoryHolder;
  readonly connections: ConnectionList;
  readonly refusals: RefusalLog;
  readonly recorder: RefusalRecorder;
  readonly health: Parameters<typeof listSources>[0]['health'];
}

/** Whose subscription is to be judged: by id, or by name. */
export type AskedUser = { readonly id: string } | { readonly userName: string };

/** What administrators are told of their organization, and of no other. */
export class Console {
  readonly #parts: ConsoleParts;

  constructor(parts: ConsoleParts) {
    this.#parts = parts;
  }

  get connections(): ConnectionList {
    return this.#parts.connections;
  }

  sources(organizationId: string): readonly SourceRow[] {
    return listSources(this.#parts, organizationId);
  }

  refusals(organizationId: string): ReturnType<RefusalLog['of']> {
    return this.#parts.refusals.of(organizationId);
  }

  checkToken(organizationId: string, token: string): Promise<TokenVerdict> {
    return examineToken(this.#parts, organizationId, token);
  }

  /** Undefined when the organization has no such user. */
  checkSubscription(
    organizationId: string,
    asked: AskedUser,
    item: { readonly entityId: string; readonly eventName: string },
  ): { readonly user: User; readonly verdict: SubscriptionVerdict } | undefined {
    const { current } = this.#parts.directory;
    const user =
      'id' in asked
        ? current.users.get(asked.id.toLowerCase())
        : current.userByName(asked.userName);
    if (user?.organizationId !== organizationId) return undefined;
    return { user, verdict: judgeSubscription(current, user, item) };
  }

  /** Writes down that somebody asked who is no administrator. */
  notAdministrator(
    caller: { readonly id: string; readonly organizationId: string },
    address: string,
  ) {
    this.#parts.recorder.notAdministrator(caller, address);
  }
}
