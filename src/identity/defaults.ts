/** Who signs the tokens. Fixed: the public URL may change while tokens and connections live on. */
export const TOKEN_ISSUER = 'rte-hub';

/** Whom the tokens are for. */
export const TOKEN_AUDIENCE = 'rte';

/** Media type of access tokens (RFC 9068, section 2.1); keeps other JWTs of the same key out. */
export const TOKEN_TYPE = 'at+jwt';

/** A token may be used this long before it was made: the clock of another node may be behind. */
export const NOT_BEFORE_LEEWAY_SECONDS = 5;

/** A token of ours has about 500 characters; longer input is not worth parsing. */
export const MAX_TOKEN_LENGTH = 8192;

/** Work of one password check, as OWASP's password storage cheat sheet gives it for scrypt. */
export const SCRYPT_PARAMETERS = { logN: 14, blockSize: 8, parallelism: 5 } as const;

/** Failed logins that one address may make for one name in the window before it has to wait. */
export const MAX_FAILED_LOGINS = 10;
export const FAILED_LOGIN_WINDOW_MS = 60_000;

/** Address and name pairs whose failures are remembered; the least recent one is forgotten first. */
export const MAX_THROTTLED_LOGINS = 10_000;

/** Password checks that may run or wait at a time; the work is for four threads, about 0.1 s each. */
export const MAX_PENDING_PASSWORD_CHECKS = 256;

/** How long a right password need not be checked again, so that a reconnect of all costs little. */
export const REMEMBER_PASSWORD_MS = 300_000;
export const MAX_REMEMBERED_PASSWORDS = 10_000;
