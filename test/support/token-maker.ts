import {
  createTokenIssuer,
  generatePrivateJwk,
  importSigningKey,
} from '../../src/identity/index.js';
import { parsePrivateJwk } from '../../src/identity/jwk.js';

/** Makes tokens of a hub by its key, for users who have no password. */
export interface TokenMaker {
  /** The hub's setting RTE_SIGNING_KEY. */
  readonly signingKey: string;
  /** A token of a user who need not be there. The role is an agent's. */
  tokenOf(user: { readonly id: string; readonly organizationId: string }): Promise<string>;
}

export async function makeTokenMaker(): Promise<TokenMaker> {
  const signingKey = await generatePrivateJwk();
  const key = await importSigningKey(parsePrivateJwk(signingKey, 'test'), 'test');
  const issuer = createTokenIssuer({ current: key }, 60);
  return {
    signingKey,
    async tokenOf({ id, organizationId }) {
      const subject = { id, organizationId, displayName: 'Somebody', role: 'agent' } as const;
      const { token } = await issuer.issue(subject);
      return token;
    },
  };
}
