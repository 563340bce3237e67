import { isIP } from 'node:net';
import { z } from 'zod';

const roleSchema = z.enum(['agent', 'supervisor', 'admin']);

/*
 * Every environment value is text. Each helper makes a schema from that text to a typed value, and
 * its message is the remedy: it says which values are right.
 */

/**
 * A whole number.
 * @param min smallest value allowed
 * @param max largest value allowed
 * @param unit what is counted, for the message
 */
export function wholeNumber(min: number, max: number, unit = '') {
  const remedy = `give a whole number from ${min} to ${max}${unit === '' ? '' : ` (${unit})`}`;
  return z
    .string()
    .regex(/^-?\d{1,15}$/u, remedy)
    .transform(Number)
    .refine((value) => value >= min && value <= max, remedy);
}

/** A number greater than 0, fractions allowed. */
export function positiveNumber(max: number) {
  const remedy = `give a number greater than 0 and at most ${max}, for instance 0.5 or 10`;
  return z
    .string()
    .regex(/^\d{1,15}(\.\d{1,15})?$/u, remedy)
    .transform(Number)
    .refine((value) => value > 0 && value <= max, remedy);
}

/** `true` or `false`, nothing else: `yes` or `1` in a `.env` file is more often a slip than meant. */
export function flag() {
  return z
    .enum(['true', 'false'], { error: 'give true or false' })
    .transform((value) => value === 'true');
}

/**
 * One of some words.
 * @param note what else the message says
 */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, note = '') {
  return z.enum(words, { error: `give one of: ${words.join(', ')}${note}` });
}

/** Any text that is not blank, without the spaces around it. */
export function text(remedy: string) {
  return z.string().trim().min(1, remedy);
}

/**
 * An absolute URL.
 * @param schemes the schemes allowed, without colon
 * @param example a right value, for the message
 */
export function url(schemes: readonly string[], example: string) {
  const remedy = `give an absolute ${schemes.join(' or ')} URL, for instance ${example}`;
  return z.string().refine((value) => schemes.includes(schemeOf(value)), remedy);
}

/**
 * An absolute URL that ends with its path.
 * @param schemes the schemes allowed, without colon
 * @param example a right value, for the message
 */
export function plainUrl(schemes: readonly string[], example: string) {
  return url(schemes, example).refine(isPlain, 'give it without user, ? and #');
}

/**
 * An absolute URL that paths are added to: it ends with its path, and comes without trailing slash.
 * @param schemes the schemes allowed, without colon
 * @param example a right value, for the message
 */
export function baseUrl(schemes: readonly string[], example: string) {
  return plainUrl(schemes, example).transform((value) => value.replace(/\/+$/u, ''));
}

/** A list separated by commas; blanks around items do not count, an item may come once. */
export function commaList<Item>(item: z.ZodType<Item, string>, remedy: string) {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1, remedy))
    .refine((items) => new Set(items).size === items.length, 'name each item once');
}

/** Scopes of OpenID Connect, between blanks (RFC 6749, section 3.3). */
export function scopeList() {
  const remedy = 'give scopes between blanks, openid among them, such as openid profile';
  return z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e ]+$/u, remedy)
    .transform((value) => value.split(' ').filter((scope) => scope !== ''))
    .refine((scopes) => scopes.includes('openid'), remedy);
}

/** An exact web origin: scheme, host and port only, as a browser sends it. */
export function origin() {
  const remedy =
    'give exact origins such as https://board.example:8443, in lower case, without path or *';
  return z.string().refine((value) => isOrigin(value), remedy);
}

/** A value of another system and the role that it means, as `rte-admins=admin`. */
export function roleMapping() {
  const remedy =
    'give values with their roles, such as rte-admins=admin: agent, supervisor or admin';
  return z
    .string()
    .regex(/^[^=]+=(?:agent|supervisor|admin)$/u, remedy)
    .transform((given) => {
      const [value = '', role = ''] = given.split('=');
      return { value: value.trim(), role: roleSchema.parse(role) };
    });
}

/** An IP address, or a network of them as 10.0.0.0/8 or fd00::/8. */
export function network() {
  const remedy = 'give IP addresses or networks such as 127.0.0.1, 10.0.0.0/8 or ::1';
  return z.string().refine((value) => isNetwork(value), remedy);
}

function isPlain(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const { search, hash, username, password } = new URL(value);
  return `${search}${hash}${username}${password}` === '';
}

function isNetwork(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  // A prefix of 0 would believe everybody.
  return /^[1-9]\d{0,2}$/u.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128);
}

function isOrigin(value: string): boolean {
  return ['http', 'https'].includes(schemeOf(value)) && new URL(value).origin === value;
}

/** Scheme of an absolute URL with a host, '' for anything else. */
function schemeOf(value: string): string {
  if (!URL.canParse(value)) return '';
  const { protocol, hostname } = new URL(value);
  return hostname === '' ? '' : protocol.slice(0, -1);
}
