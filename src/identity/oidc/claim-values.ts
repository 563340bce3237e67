import { z } from 'zod';

const object = z.record(z.string(), z.unknown());
const texts = z.array(z.string());

/**
 * The texts of a claim: of one that is a text, or a list of texts; none of any other.
 * @param path the claim's name, or names between dots as in `realm_access.roles`; a claim whose own
 * name has dots goes first
 */
export function claimValues(claims: object, path: string): readonly string[] {
  const value = valueAt(claims, path);
  if (typeof value === 'string') return [value];
  const list = texts.safeParse(value);
  return list.success ? list.data : [];
}

function valueAt(claims: object, path: string): unknown {
  const whole = member(claims, path);
  if (whole !== undefined) return whole;
  let value: unknown = claims;
  for (const name of path.split('.')) value = member(value, name);
  return value;
}

function member(value: unknown, name: string): unknown {
  const parsed = object.safeParse(value);
  return parsed.success && Object.hasOwn(parsed.data, name) ? parsed.data[name] : undefined;
}
