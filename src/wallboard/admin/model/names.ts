/** Something that events are about. */
export interface NamedEntity {
  readonly id: string;
  readonly name: string;
  readonly type: 'User' | 'Queue' | 'CallList' | 'Organization';
}

/** Finds entities by id, and by what somebody writes. */
export class EntityNames {
  readonly all: readonly NamedEntity[];
  readonly #byId: ReadonlyMap<string, NamedEntity>;

  constructor(all: readonly NamedEntity[]) {
    this.all = all;
    this.#byId = new Map(all.map((entity) => [entity.id, entity]));
  }

  find(id: string): NamedEntity | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** The name, or the id of what has none here. */
  nameOf(id: string): string {
    return this.find(id)?.name ?? id;
  }

  /** The id of what was written: a name in any letter case, or an id; as it is where nothing fits. */
  idOf(written: string): string {
    const wanted = written.trim().toLowerCase();
    return this.all.find(({ name }) => name.toLowerCase() === wanted)?.id ?? wanted;
  }
}

export const NO_NAMES = new EntityNames([]);
