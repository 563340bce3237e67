import { z } from 'zod';
import { answer, body } from './schemas.js';

export const loginOptionsSchema = answer(
  'LoginOptions',
  z
    .object({
      Issuer: z
        .object({ Label: z.string().describe('What its button says.') })
        .nullable()
        .describe('The identity provider; null where people log in with passwords only.'),
    })
    .describe('How people log in, besides with a password.'),
);

export const begunLoginSchema = answer(
  'BegunLogin',
  z
    .object({
      Url: z.string().describe('Where the browser goes.'),
      State: z.string().describe('To be sent with the answer.'),
      Nonce: z.string().describe('To be sent with the answer.'),
      CodeVerifier: z
        .string()
        .describe('To be sent with the answer, and to nobody else (RFC 7636).'),
    })
    .describe('A login that was begun. Keep all but the URL until the browser is back.'),
);

/** What an issuer sends a browser back with: a code has some hundred characters, some have thousands. */
const MAX_RESPONSE = 8192;

const kept = z.string().min(1).max(256, { error: 'give what the login was begun with' });

export const issuerCodeBody = body(
  'IssuerCodeRequest',
  z
    .object({
      Response: z
        .string()
        .min(1)
        .max(MAX_RESPONSE, { error: `give ${String(MAX_RESPONSE)} characters or less` })
        .describe('The query with which the browser came back, as it is.'),
      State: kept.describe('As the login was begun with.'),
      Nonce: kept.describe('As the login was begun with.'),
      CodeVerifier: kept.describe('As the login was begun with.'),
    })
    .describe('The answer of an identity provider, and what belongs to it.'),
);
