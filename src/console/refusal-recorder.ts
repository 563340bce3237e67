import type { Directory, DirectoryHolder, User } from '../directory/types.js';
import type { Credentials, LoginResult } from '../identity/index.js';
import type { AccessRefusal, ItemRefusal, RefusalListener } from '../rte/access-audit.js';
import type { RteUser } from '../rte/rte-user.js';
import type { AuthenticationRequest, RefusedRequest } from '../signalr/index.js';
import type { TokenCheck } from '../access/token-check.js';
import {
  clipped,
  ofClaimedName,
  ofClaimedToken,
  ofProven,
  type Attribution,
} from './attribution.js';
import type { RefusalLog } from './refusal-log.js';
import type { Refusal, RefusedKind } from './refusal.js';
import { explainRule } from './rule-words.js';
import { isSigned } from './token-checks.js';

interface RecorderOptions {
  readonly log: Pick<RefusalLog, 'note'>;
  readonly directory: DirectoryHolder;
}

/** What is said of a refusal, beside who asked. */
type Told = Pick<Refusal, 'kind' | 'reason'> & Partial<Refusal>;

const NOTHING = {
  detail: '',
  remoteAddress: null,
  connectionId: null,
  entityId: null,
  eventName: null,
} as const;

/**
 * Writes down what is refused anywhere in the hub, for the administrators of the organization that it
 * can be attributed to. What can't be attributed is not kept, unless there is one organization only.
 */
export class RefusalRecorder implements RefusalListener {
  readonly #options: RecorderOptions;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** A login that did not succeed. Neither password nor token is kept. */
  loginRefused(
    address: string,
    credentials: Credentials,
    result: Exclude<LoginResult<User>, { readonly kind: 'accepted' }>,
  ): void {
    const attribution = attributionOf(this.#directory, credentials);
    this.#note(attribution, { kind: 'login', remoteAddress: address, ...loginTold(result) });
  }

  /** A token of ours that opens nothing. */
  tokenRefused(
    { token, remoteAddress }: Pick<AuthenticationRequest, 'token' | 'remoteAddress'>,
    { reason, detail, claims }: Extract<TokenCheck, { readonly ok: false }>,
  ): void {
    const known = claims && { id: claims.sub, organizationId: claims.org };
    const attribution = known
      ? ofProven(this.#directory, known)
      : proven(ofClaimedToken(this.#directory, token), isSigned(reason));
    this.#note(attribution, { kind: 'connect', reason, detail, remoteAddress });
  }

  /** A request to the hub's address that was answered with an error. */
  requestRefused({ reason, token, user, headers, remoteAddress }: RefusedRequest<RteUser>): void {
    // A token that was refused is written down already, with what is wrong with it.
    if (reason === 'unauthorized' && token !== undefined) return;
    const attribution =
      user === undefined ? ofClaimedToken(this.#directory, token) : ofProven(this.#directory, user);
    const word = reason === 'unauthorized' ? 'no-token' : reason.replaceAll('_', '-');
    const detail = reason === 'origin' ? clipped(headers.origin ?? '') : '';
    this.#note(attribution, { kind: 'connect', reason: word, detail, remoteAddress });
  }

  accessRefused(refusal: AccessRefusal): void {
    const { caller, connectionId, entity, eventName, reason: denial } = refusal;
    const kind = kindOf(denial);
    if (kind === undefined) return;
    const { reason, detail } = explainRule(this.#directory, caller, refusal);
    this.#note(ofProven(this.#directory, caller), {
      kind,
      reason,
      detail: denial === 'rights-lost' ? `the subscription was there; ${detail}` : detail,
      entityId: clipped(entity.id),
      eventName: eventName ?? null,
      connectionId: connectionId ?? null,
      remoteAddress: caller.address ?? null,
    });
  }

  itemRefused({ caller, connectionId, item, message }: ItemRefusal): void {
    this.#note(ofProven(this.#directory, caller), {
      kind: 'subscribe',
      reason: message.toLowerCase().replaceAll(' ', '-'),
      entityId: item.entityId === null ? null : clipped(item.entityId),
      eventName: item.eventName === null ? null : clipped(item.eventName),
      connectionId,
      remoteAddress: caller.address ?? null,
    });
  }

  /** Somebody who is no administrator asked for what only those may. */
  notAdministrator(caller: Pick<User, 'id' | 'organizationId'>, address: string): void {
    const told = { kind: 'administration', reason: 'not-administrator' } as const;
    this.#note(ofProven(this.#directory, caller), { ...told, remoteAddress: address });
  }

  get #directory() {
    return this.#options.directory.current;
  }

  #note(attribution: Attribution | undefined, told: Told): void {
    if (attribution === undefined) return;
    const { organizationId, who } = attribution;
    this.#options.log.note(organizationId, { ...NOTHING, ...told, ...who });
  }
}

function attributionOf(directory: Directory, credentials: Credentials): Attribution | undefined {
  switch (credentials.kind) {
    case 'password':
      return ofClaimedName(directory, credentials.userName);
    case 'token':
      return ofClaimedToken(directory, credentials.token);
    // Who they are is what a code would have told.
    case 'code':
      return ofClaimedToken(directory, undefined);
  }
}

/** Whoever has a token that we signed has proved who they are, if not that they may come in. */
function proven(attribution: Attribution | undefined, isProven: boolean): Attribution | undefined {
  if (attribution === undefined || !isProven) return attribution;
  return { ...attribution, who: { ...attribution.who, isClaimed: false } };
}

function kindOf(denial: AccessRefusal['reason']): RefusedKind | undefined {
  switch (denial) {
    case 'subscribe':
    case 'rights-lost':
      return 'subscribe';
    case 'read':
    case 'change':
      return denial;
    // What is wrong with an event is no refusal of somebody's.
    case 'organization-unknown':
    case 'entity-unknown':
    case 'entity-foreign':
      return undefined;
  }
}

function loginTold(result: Exclude<LoginResult<User>, { readonly kind: 'accepted' }>) {
  switch (result.kind) {
    case 'refused':
      return { reason: result.reason ?? 'refused', detail: clipped(result.detail ?? '') };
    case 'not-admitted':
      // The reason may name another organization; the detail is what its user was told.
      return { reason: 'not-admitted', detail: result.detail };
    case 'throttled':
      return { reason: 'throttled', detail: `for ${String(result.retryAfterSeconds)} s` };
    case 'unavailable':
      return { reason: 'unavailable' };
  }
}
