import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';
import { pathOf, redactText, REDACTED, SECRET_FIELDS } from './redaction.js';

export type { Logger } from 'pino';

/** Errors wrap errors a few times at most; a longer chain is a loop. */
const MAX_CAUSES = 5;

/** The part of an HTTP request that may be logged. */
interface LoggedRequest {
  readonly method?: string;
  readonly url?: string;
  readonly ip?: string;
}

/**
 * Makes the hub's logger: JSON lines with fields. Known secret fields are replaced, requests are
 * logged without their query, and texts of errors without what looks like a token or a password.
 * @param level least severity that is logged
 * @param destination where lines go; standard error by default, as standard output is for people
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: SECRET_FIELDS, censor: REDACTED },
    serializers: { req: loggedRequest, err: (error: unknown) => loggedError(error) },
  };
  return pino(options, destination ?? pino.destination({ dest: 2, sync: false }));
}

function loggedRequest({ method, url, ip }: LoggedRequest) {
  return { method, path: pathOf(url ?? ''), address: ip };
}

function loggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return redactText(String(error));
  return {
    type: error.name,
    message: redactText(error.message),
    ...('code' in error ? { code: String(error.code) } : {}),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined || depth >= MAX_CAUSES
      ? {}
      : { cause: loggedError(error.cause, depth + 1) }),
  };
}
