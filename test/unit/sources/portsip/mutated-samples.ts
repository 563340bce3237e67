import * as fc from 'fast-check';
import { SAMPLES, type WireMessage } from '../../../support/fake-portsip/wire-messages.js';

/** Every message of the catalogue. */
export const NAMES = Object.keys(SAMPLES);

/** The sample of a message. @throws when there is none */
export function sample(name: string): WireMessage {
  const message = SAMPLES[name];
  if (message === undefined) throw new Error(`no sample ${name}`);
  return message;
}

type Path = readonly (string | number)[];
type Change = (value: unknown) => unknown;

/** Every place in a JSON value, except the root. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path];
  const inner = Object.entries(value).flatMap(([key, one]) =>
    pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [path, ...inner];
}

function mutation(paths: readonly Path[]) {
  const change = fc.oneof(
    fc.constantFrom<Change>(
      () => undefined,
      () => null,
      (value) => [value],
      (value) => ({ value }),
      (value) => (typeof value === 'string' ? Number(value) : JSON.stringify(value)),
      (value) => (typeof value === 'string' ? value.toLowerCase() : !value),
      (value) => (typeof value === 'string' ? value.replaceAll('_', ' ') : ''),
    ),
    fc.jsonValue().map((value) => () => value),
  );
  return fc.record({ path: fc.constantFrom(...paths), change });
}

function changed(value: unknown, path: Path, change: Change): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => (index === key ? changed(one, rest, change) : one));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === key ? changed(one, rest, change) : (one as unknown),
    ]),
  );
}

/** Messages of the catalogue with up to four fields missing, null, of another type or another word. */
export const mutatedSamples: fc.Arbitrary<unknown> = fc
  .constantFrom(...NAMES)
  .chain((name) =>
    fc
      .array(mutation(pathsOf(sample(name))), { minLength: 1, maxLength: 4 })
      .map((mutations) =>
        mutations.reduce<unknown>(
          (wire, { path, change }) => changed(wire, path, change),
          sample(name),
        ),
      ),
  );
