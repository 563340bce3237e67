import { z } from 'zod';
import { DEFAULTS } from '../defaults.js';
import { flag, text, wholeNumber } from '../fields.js';
import { settingGroup } from '../setting-docs.js';

const DAY_SECONDS = 86_400;

const setting = settingGroup('Tokens');

/** The settings of this group, by the name of their environment variable. */
export const tokensSchema = z.object({
  RTE_SIGNING_KEY: setting(text('give a private JWK as JSON; `rte-hub gen-key` makes one'), {
    meaning: 'JWK that signs the tokens (OKP Ed25519, or oct of 32 bytes or more)',
    defaultText: 'made at first start',
    secrecy: 'secret',
  }),
  RTE_SIGNING_KEY_FILE: setting(text('give the path of a file with a private JWK'), {
    meaning: 'file with that JWK, instead of RTE_SIGNING_KEY',
    defaultText: '-',
  }),
  RTE_SIGNING_KEY_PREVIOUS: setting(text('give a private JWK as JSON, the one that was replaced'), {
    meaning: 'JWK that signed before a rotation: its tokens are accepted until they expire',
    defaultText: 'signing-key.previous.json in RTE_DATA_DIR, if there',
    secrecy: 'secret',
  }),
  RTE_SIGNING_KEY_PREVIOUS_FILE: setting(text('give the path of a file with a private JWK'), {
    meaning: 'file with that JWK, instead of RTE_SIGNING_KEY_PREVIOUS',
    defaultText: '-',
  }),
  RTE_LOGIN_SECRET: setting(
    z.string().regex(/^[A-Za-z0-9_-]{43,}$/u, 'give 32 random bytes or more in base64url'),
    {
      meaning:
        'secret that the SecretKeys of /authuser are made with, base64url; the same on all nodes, another one ends them all',
      defaultText: 'made at first start in RTE_DATA_DIR',
      secrecy: 'secret',
    },
  ),
  RTE_TOKEN_TTL: setting(wholeNumber(1, DAY_SECONDS, 'seconds'), {
    meaning: 'seconds a token may be used to connect',
    defaultText: String(DEFAULTS.tokenTtlSeconds),
  }),
  RTE_CLOSE_ON_TOKEN_EXPIRY: setting(flag(), {
    meaning: 'close a connection when its token expires (with allowReconnect)',
    defaultText: 'false',
  }),
});

/** What tokens and secret keys are made with, and how long tokens hold. */
export interface TokenSettings {
  /** Private JWK as JSON; at most one of this and `signingKeyFile` is given. */
  readonly signingKey: string | undefined;
  readonly signingKeyFile: string | undefined;
  /** The key before a rotation; at most one of the two is given. */
  readonly previousSigningKey: string | undefined;
  readonly previousSigningKeyFile: string | undefined;
  /** What secret keys are made with, base64url; undefined for one that is kept in the data folder. */
  readonly loginSecret: string | undefined;
  readonly ttlSeconds: number;
  readonly closeOnExpiry: boolean;
}

/** Completes what is set with the defaults. */
export function tokenSettings(values: z.infer<typeof tokensSchema>): TokenSettings {
  return {
    signingKey: values.RTE_SIGNING_KEY,
    signingKeyFile: values.RTE_SIGNING_KEY_FILE,
    previousSigningKey: values.RTE_SIGNING_KEY_PREVIOUS,
    previousSigningKeyFile: values.RTE_SIGNING_KEY_PREVIOUS_FILE,
    loginSecret: values.RTE_LOGIN_SECRET,
    ttlSeconds: values.RTE_TOKEN_TTL ?? DEFAULTS.tokenTtlSeconds,
    closeOnExpiry: values.RTE_CLOSE_ON_TOKEN_EXPIRY ?? false,
  };
}
