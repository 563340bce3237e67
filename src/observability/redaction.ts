/** What replaces a secret. */
export const REDACTED = '[redacted]';

/** Fields that never reach a log line, at the top or one level down. */
export const SECRET_FIELDS = [
  'token',
  'accessToken',
  'access_token',
  'connectionToken',
  'authorization',
  'password',
  'passwordHash',
  'secret',
  'signingKey',
  'amqpUrl',
  'databaseUrl',
].flatMap((field) => [field, `*.${field}`]);

/**
 * A user's part of a URL: `amqp://user:secret@host`. RabbitMQ's own first login is no secret, and
 * stands in what the hub advises to set.
 */
const URL_CREDENTIALS = /(?<=\w:\/\/)(?!guest:guest@[^\s/@]*(?:[\s/]|$))[^\s/]+@/gu;
/** A token in a query, as SignalR clients send it (reliability: no log line has one). */
const QUERY_TOKEN = /(?<=[?&](?:access_token|id)=)[^&\s"']+/giu;
const SCHEME_TOKEN = /(?<=\b(?:Bearer|Basic) +)[\w.~+/=-]{16,}/giu;
const JWT = /(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/gu;

/** Text from elsewhere, such as an error's message, without what looks like a secret. */
export function redactText(text: string): string {
  return text
    .replace(URL_CREDENTIALS, `${REDACTED}@`)
    .replace(QUERY_TOKEN, REDACTED)
    .replace(SCHEME_TOKEN, REDACTED)
    .replace(JWT, REDACTED);
}

/** A request target without its query, which may hold a token. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/u);
  return redactText(end === -1 ? target : target.slice(0, end));
}
