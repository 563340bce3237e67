import { readRetryAfter } from './back-off.js';
import type { ClockOffset } from './clock-offset.js';
import { credentialHeaders, type Credentials } from './credentials.js';
import type { Environment } from './environment.js';
import { ConnectError, failureOfStatus } from './failures.js';
import { isRecord } from './records.js';
import { within } from './within.js';

/** A hub that does not answer within this is taken for one that is not there. */
const TIMEOUT_MS = 15_000;

/** What lets the client connect. */
export interface HubToken {
  readonly token: string;
  /** http(s) URL of the hub. */
  readonly url: string;
  /** Epoch ms of this machine; infinite where the answer does not say. */
  readonly expiresAt: number;
}

/**
 * Asks `GET {base}/token/me/rte/` for a token.
 * @throws ConnectError when there is none
 */
export async function fetchToken(
  base: string,
  credentials: Credentials,
  environment: Pick<Environment, 'fetch' | 'now' | 'after'>,
  clock: Pick<ClockOffset, 'sawDate'>,
  signal: AbortSignal,
): Promise<HubToken> {
  const { now, after } = environment;
  const sentAt = now();
  return within(TIMEOUT_MS, { signal, after }, async (limit) => {
    const response = await environment.fetch(`${base}/token/me/rte/`, {
      headers: { Accept: 'application/json', ...credentialHeaders(credentials) },
      cache: 'no-store',
      // Else a browser answers 401 with a dialog of its own, which nobody closes at night.
      credentials: 'omit',
      signal: limit,
    });
    clock.sawDate(response.headers.get('date'), sentAt, now());
    if (!response.ok) {
      const wait = readRetryAfter(response.headers.get('retry-after'), now());
      throw new ConnectError(failureOfStatus(response.status, await detailOf(response), wait));
    }
    const token = readTokenAnswer(await bodyOf(response), sentAt);
    if (token !== undefined) return token;
    const detail = `${base}/token/me/rte/ answered no token. Is the URL that of a hub?`;
    throw new ConnectError({ kind: 'passing', reason: 'hub-failed', detail });
  });
}

/**
 * Reads `{WssEndpoint, Token, Url, ExpiresIn}`. `Url` and `ExpiresIn` are this hub's own; other RTE
 * servers have WssEndpoint only, old ones WSSEndpoint and without a scheme.
 * @param now epoch ms when it was asked for
 */
export function readTokenAnswer(answer: unknown, now: number): HubToken | undefined {
  if (!isRecord(answer)) return undefined;
  const { Token, ExpiresIn } = answer;
  const address = [answer['Url'], answer['WssEndpoint'], answer['WSSEndpoint']].find(isText);
  if (!isText(Token) || address === undefined) return undefined;
  const seconds = typeof ExpiresIn === 'number' ? ExpiresIn : Number.POSITIVE_INFINITY;
  return { token: Token, url: httpUrl(address), expiresAt: now + seconds * 1000 };
}

/** Microsoft's client does not take wss:// URLs. */
function httpUrl(address: string): string {
  if (/^wss?:/iu.test(address)) return address.replace(/^ws/iu, 'http');
  return /^https?:/iu.test(address) ? address : `https://${address}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** What the hub says about an error: problem details (RFC 9457), or nothing that people can read. */
async function detailOf(response: Response): Promise<string> {
  const body = await bodyOf(response);
  return isRecord(body) && typeof body['detail'] === 'string' ? body['detail'] : '';
}

/** Undefined for a body that is no JSON, such as a proxy's page. */
async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
