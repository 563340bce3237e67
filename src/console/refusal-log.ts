import { LRUCache } from 'lru-cache';
import {
  MAX_CLAIMED_REFUSALS,
  MAX_ORGANIZATIONS_WITH_REFUSALS,
  MAX_PROVEN_REFUSALS,
  MAX_UNNOTED_REFUSALS,
} from './limits.js';
import type { NotedRefusal, Refusal } from './refusal.js';
import { RefusalSection } from './refusal-section.js';

/** The sections of an organization. Who can't log in can't push out what those did who can. */
interface Sections {
  readonly proven: RefusalSection;
  readonly claimed: RefusalSection;
}

/** A refusal that is to be noted. */
interface Unnoted {
  readonly organizationId: string;
  readonly refusal: Refusal;
  readonly at: number;
}

/**
 * The latest refusals of each organization, for its administrators. Noted a turn of the event loop
 * later, so that the time of an answer does not tell what is noted of it. Bounded in every
 * direction; the organization to which nothing was refused for longest is forgotten first.
 */
export class RefusalLog {
  readonly #now: () => number;
  readonly #byOrganization = new LRUCache<string, Sections>({
    max: MAX_ORGANIZATIONS_WITH_REFUSALS,
  });
  #unnoted: Unnoted[] = [];
  #evictions = 0;

  /** @param now epoch ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Entries of all organizations. */
  get size(): number {
    let size = 0;
    for (const { proven, claimed } of this.#byOrganization.values())
      size += proven.size + claimed.size;
    return size;
  }

  /** Entries that had to go to keep the bounds, since the start. */
  get evictions(): number {
    return this.#evictions;
  }

  note(organizationId: string, refusal: Refusal): void {
    if (this.#unnoted.length >= MAX_UNNOTED_REFUSALS) {
      this.#evictions += 1;
      return;
    }
    const waiting = this.#unnoted.push({ organizationId, refusal, at: this.#now() });
    if (waiting === 1) setImmediate(() => this.#noteAll());
  }

  /** What was refused in the organization, the latest first. */
  of(organizationId: string): readonly NotedRefusal[] {
    this.#noteAll();
    const sections = this.#byOrganization.get(organizationId);
    if (sections === undefined) return [];
    return [...sections.proven.entries(), ...sections.claimed.entries()].sort(
      (a, b) => b.lastAt - a.lastAt,
    );
  }

  /** Forgets the organizations that are not among these. */
  keepOnly(organizations: ReadonlyMap<string, unknown>): void {
    for (const id of this.#byOrganization.keys())
      if (!organizations.has(id)) this.#byOrganization.delete(id);
  }

  #noteAll(): void {
    const unnoted = this.#unnoted;
    this.#unnoted = [];
    for (const { organizationId, refusal, at } of unnoted) {
      const { proven, claimed } = this.#sectionsOf(organizationId);
      const isProven = refusal.userId !== null && !refusal.isClaimed;
      this.#evictions += (isProven ? proven : claimed).note(refusal, at);
    }
  }

  #sectionsOf(organizationId: string): Sections {
    const known = this.#byOrganization.get(organizationId);
    if (known !== undefined) return known;
    const sections = {
      proven: new RefusalSection(MAX_PROVEN_REFUSALS),
      claimed: new RefusalSection(MAX_CLAIMED_REFUSALS),
    };
    this.#byOrganization.set(organizationId, sections);
    return sections;
  }
}
