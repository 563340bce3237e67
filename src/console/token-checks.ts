import type { Directory } from '../directory/types.js';
import { readUnverified, type UnverifiedClaims } from '../identity/index.js';
import {
  checkToken,
  type AccessParts,
  type TokenCheck,
  type TokenRefusal,
} from '../access/token-check.js';

/** What is looked at, in this order; each rests on those before it. */
const STEPS = [
  'Form',
  'Key',
  'Signature',
  'Type',
  'Claims',
  'Issuer',
  'Audience',
  'Times',
  'Values',
  'Revocation',
  'User',
  'Session',
] as const;

/** The name of a step of a check. */
export type StepName = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<TokenRefusal, StepName>> = {
  malformed: 'Form',
  'unknown-key': 'Key',
  'wrong-algorithm': 'Key',
  'wrong-signature': 'Signature',
  'wrong-type': 'Type',
  'missing-claim': 'Claims',
  'wrong-issuer': 'Issuer',
  'wrong-audience': 'Audience',
  expired: 'Times',
  'not-yet-valid': 'Times',
  'wrong-claim': 'Values',
  'revoked-token': 'Revocation',
  'unknown-user': 'User',
  'revoked-login': 'Session',
};

/** Whether what is wrong shows only in a token that a key of the hub has signed. */
export function isSigned(reason: TokenRefusal): boolean {
  return STEPS.indexOf(STEP_OF[reason]) > STEPS.indexOf('Signature');
}

/** What an administrator is told of a token. */
export interface TokenVerdict {
  readonly accepted: boolean;
  /** Why not, as a word; null when it is accepted. */
  readonly reason: TokenRefusal | 'other-organization' | null;
  readonly detail: string;
  readonly steps: readonly {
    readonly name: StepName;
    readonly result: 'passed' | 'failed' | 'unchecked';
  }[];
  /** What is in it; null where that is not for this administrator, or can't be read. */
  readonly content: UnverifiedClaims | null;
}

const FOREIGN: TokenVerdict = {
  accepted: false,
  reason: 'other-organization',
  detail: 'it is not for a user of your organization, so nothing is said about it',
  steps: [],
  content: null,
};

/**
 * Checks a token as the hub does when somebody connects, and says what fails. Of tokens of other
 * organizations it tells nothing, not even whether they are good.
 */
export async function examineToken(
  parts: AccessParts,
  organizationId: string,
  token: string,
): Promise<TokenVerdict> {
  const content = readUnverified(token);
  if (content !== undefined && !isOf(parts.directory.current, organizationId, content)) {
    return FOREIGN;
  }
  const checked = await checkToken(parts, token);
  const told = { steps: stepsOf(checked), content: content ?? null };
  if (!checked.ok) {
    return { accepted: false, reason: checked.reason, detail: checked.detail, ...told };
  }
  return { accepted: true, reason: null, detail: '', ...told };
}

/** By the user, where the directory has them; else by what the token says. */
function isOf(directory: Directory, organizationId: string, { payload }: UnverifiedClaims) {
  const { sub, org } = payload;
  const user = typeof sub === 'string' ? directory.users.get(sub.toLowerCase()) : undefined;
  return (user?.organizationId ?? org) === organizationId;
}

function stepsOf(checked: TokenCheck): TokenVerdict['steps'] {
  const failed = checked.ok ? STEPS.length : STEPS.indexOf(STEP_OF[checked.reason]);
  return STEPS.map((name, index) => {
    if (index === failed) return { name, result: 'failed' };
    // A time that is no number is found before times are compared.
    const isOpen = name === 'Times' && !checked.ok && checked.reason === 'wrong-claim';
    return { name, result: index < failed && !isOpen ? 'passed' : 'unchecked' };
  });
}
