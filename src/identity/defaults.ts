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

/**
 * How long an answer of wazo-auth holds. It bounds how long a revoked token still opens the hub,
 * and a token that was just given is taken as wrong.
 */
export const REMEMBER_IDENTITY_MS = 10_000;
export const REMEMBER_STRANGER_MS = 2000;
export const MAX_REMEMBERED_IDENTITIES = 10_000;

/** Questions to wazo-auth that may wait at a time; it answers some hundred a second. */
export const MAX_PENDING_IDENTITY_CHECKS = 256;

/**
 * Refused tokens of one address in the window of failed logins, ten a second. A token can't be
 * guessed, so this only keeps work from wazo-auth. All clients of a site share its address, and in
 * the morning many of them come with the token of yesterday first.
 */
export const MAX_REFUSED_TOKENS = 600;

/** A token of ours lives at least so long, also when by our clock the Wazo token has expired already. */
export const MIN_TOKEN_SECONDS = 10;

/** A token that lives longer than this is a password; nobody should make one by a slip. */
export const MAX_TOKEN_SECONDS = 366 * 86_400;

/**
 * Revocations that are remembered, of users and of single tokens each; the oldest is forgotten first.
 * A large organization can revoke everybody at once.
 */
export const MAX_REVOCATIONS = 10_000;

/** Sessions at other systems of whose end is known; thousands of users log off at the end of a shift. */
export const MAX_ENDED_SESSIONS = 10_000;

/** A session that ends so shortly before its time has run out by the clock of the other system. */
export const SESSION_END_LEEWAY_MS = 5_000;

/** When to come back while wazo-auth can't be asked. */
export const PROVIDER_RETRY_SECONDS = 5;

/** An issuer is asked this often, at most, whether a login with it still holds. */
export const SESSION_CHECK_MS = 300_000;

/** While the issuer is away, what it last said of a login holds for as long as its keys do. */
export const MAX_SESSION_STALE_MS = 3_600_000;

/** When an issuer that was away is asked again about a login. */
export const SESSION_RETRY_MS = 15_000;

/** A login that nobody used for so long is forgotten: a screen may be off over a holiday. */
export const MAX_SESSION_IDLE_MS = 30 * 86_400_000;

/** Logins with an issuer that are kept, two kilobytes each on the disk. */
export const MAX_LOGIN_SESSIONS = 10_000;

/**
 * Codes of an issuer's that one address may try in vain in the window of failed logins. None can be
 * guessed; each is a question to the issuer, and all clients of a site share an address.
 */
export const MAX_REFUSED_CODES = 60;
