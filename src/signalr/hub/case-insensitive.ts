import { z } from 'zod';
import type { Schema } from './hub-definition.js';

/** A JSON schema, as far as names are concerned. */
interface NameSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, NameSchema>>;
  readonly properties?: Readonly<Record<string, NameSchema>>;
  readonly additionalProperties?: NameSchema | boolean;
  readonly items?: NameSchema | boolean;
  readonly prefixItems?: readonly NameSchema[];
  readonly anyOf?: readonly NameSchema[];
  readonly oneOf?: readonly NameSchema[];
  readonly allOf?: readonly NameSchema[];
}

/** The schemas that may describe one place of a value: several in a union. */
type Place = readonly NameSchema[];

/**
 * Makes a schema take the members of objects by their names in any letter case, as ASP.NET Core
 * binds them: `EntityId` and `entityId` both reach a declared `entityId`. A name spelled as
 * declared wins over others; undeclared names and the keys of records stay as they are.
 */
export function caseInsensitive<T>(schema: z.ZodType<T>): Schema<T> {
  const names = new DeclaredNames(schema);
  return { parse: (value) => schema.parse(names.restore(value)) };
}

/** Knows the names that a schema declares, and gives them back to values that spell them otherwise. */
class DeclaredNames {
  readonly #root: NameSchema;
  /** By place, so that the names of a place are put in lower case once; bounded by the schema. */
  readonly #spellings = new WeakMap<NameSchema, ReadonlyMap<string, string>>();

  constructor(schema: z.ZodType) {
    // What JSON schema can't say (dates, transforms) has no names either.
    const root: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    this.#root = isNameSchema(root) ? root : {};
  }

  restore(value: unknown): unknown {
    return this.#restore(value, this.#alternatives(this.#root));
  }

  #restore(value: unknown, place: Place): unknown {
    if (Array.isArray(value)) {
      return value.map((item: unknown, index) =>
        this.#restore(item, this.#itemPlace(place, index)),
      );
    }
    return isPlainObject(value) ? this.#restoreMembers(value, place) : value;
  }

  #restoreMembers(value: Readonly<Record<string, unknown>>, place: Place): unknown {
    const members = Object.entries(value).map(([name, member]): [string, unknown] => {
      const declared = this.#declaredName(name, place);
      const target = declared === undefined || Object.hasOwn(value, declared) ? name : declared;
      return [target, this.#restore(member, this.#memberPlace(place, target))];
    });
    // Unlike an assignment, fromEntries() makes an own member of `__proto__` too.
    return Object.fromEntries(members);
  }

  #declaredName(name: string, place: Place): string | undefined {
    if (place.some(({ properties }) => properties && Object.hasOwn(properties, name))) return name;
    const lowerCase = name.toLowerCase();
    for (const schema of place) {
      const declared = this.#spellingsOf(schema).get(lowerCase);
      if (declared !== undefined) return declared;
    }
    return undefined;
  }

  #spellingsOf(schema: NameSchema): ReadonlyMap<string, string> {
    const known = this.#spellings.get(schema);
    if (known !== undefined) return known;
    const names = Object.keys(schema.properties ?? {});
    const spellings = new Map(names.map((name) => [name.toLowerCase(), name]));
    this.#spellings.set(schema, spellings);
    return spellings;
  }

  #memberPlace(place: Place, name: string): Place {
    return place.flatMap(({ properties = {}, additionalProperties: others }) => {
      if (Object.hasOwn(properties, name)) return this.#alternatives(properties[name]);
      return typeof others === 'object' ? this.#alternatives(others) : [];
    });
  }

  #itemPlace(place: Place, index: number): Place {
    return place.flatMap(({ prefixItems, items }) => {
      const item = prefixItems?.[index] ?? items;
      return typeof item === 'object' ? this.#alternatives(item) : [];
    });
  }

  /** The schema itself, or those that it stands for. */
  #alternatives(schema: NameSchema | undefined): Place {
    if (schema === undefined) return [];
    if (schema.$ref !== undefined) return this.#alternatives(this.#definition(schema.$ref));
    const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
    return [schema, ...parts.flatMap((part) => this.#alternatives(part))];
  }

  /** `#` is the root; other references of a generated schema point into its definitions. */
  #definition(reference: string): NameSchema | undefined {
    if (reference === '#') return this.#root;
    return this.#root.$defs?.[reference.slice('#/$defs/'.length)];
  }
}

function isNameSchema(value: unknown): value is NameSchema {
  return typeof value === 'object' && value !== null;
}

/** Not a Date or bytes, which MessagePack brings. */
function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
