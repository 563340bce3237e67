/** Who is in which group. Bounded by the number of members and by the groups that each may be in. */
export class Groups<Member extends object> {
  readonly #maximumPerMember: number;
  /** Without empty groups. */
  readonly #members = new Map<string, Set<Member>>();
  /** Without members that are in no group. */
  readonly #groupsOf = new Map<Member, Set<string>>();

  constructor(maximumPerMember: number) {
    this.#maximumPerMember = maximumPerMember;
  }

  get count(): number {
    return this.#members.size;
  }

  members(group: string): Iterable<Member> {
    return this.#members.get(group) ?? [];
  }

  /** Twice is once. @throws {RangeError} when the member is in too many groups already */
  join(member: Member, group: string): void {
    const own = this.#groupsOf.get(member);
    if (own?.has(group)) return;
    if ((own?.size ?? 0) >= this.#maximumPerMember) {
      throw new RangeError(
        `The connection is in ${this.#maximumPerMember} groups already (maximumGroupsPerConnection).`,
      );
    }
    put(this.#groupsOf, member, group);
    put(this.#members, group, member);
  }

  leave(member: Member, group: string): void {
    take(this.#groupsOf, member, group);
    take(this.#members, group, member);
  }

  leaveAll(member: Member): void {
    for (const group of this.#groupsOf.get(member) ?? []) take(this.#members, group, member);
    this.#groupsOf.delete(member);
  }
}

function put<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

function take<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
