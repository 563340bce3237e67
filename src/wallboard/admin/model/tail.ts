/** An event as the tail shows it. */
export interface TailEvent {
  /** Counts up; tells rows apart, since the same event may come again. */
  readonly key: number;
  readonly name: string;
  readonly entityId: string;
  /** When it was so, epoch ms by the hub's clock; when it came here where it does not say. */
  readonly at: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the tail lets through; '' for all. */
export interface TailFilter {
  /** A part of the entity's name or id. */
  readonly entity: string;
  readonly event: string;
}

/** More rows than anybody scrolls through, and little enough for a phone. */
export const MAX_TAIL = 500;

const RATE_MS = 10_000;

/** The latest events, newest first; those that do not pass the filter are counted only. */
export class Tail {
  #events: readonly TailEvent[] = [];
  #nextKey = 1;
  /** When events came within the last ten seconds, oldest first: bounded by MAX_TIMES. */
  #times: number[] = [];

  get events(): readonly TailEvent[] {
    return this.#events;
  }

  /** @param events oldest first @param now epoch ms */
  add(events: readonly Omit<TailEvent, 'key'>[], now: number): void {
    const added = events.map((event) => ({ ...event, key: this.#nextKey++ })).reverse();
    this.#events = [...added, ...this.#events].slice(0, MAX_TAIL);
    this.#times = [...this.#times, ...events.map(() => now)].slice(-MAX_TIMES);
  }

  clear(): void {
    this.#events = [];
  }

  /** Events per second over the last ten. @param now epoch ms */
  rate(now: number): number {
    this.#times = this.#times.filter((at) => at > now - RATE_MS);
    return this.#times.length / (RATE_MS / 1000);
  }
}

/** 1,000 events a second are more than a page can show. */
const MAX_TIMES = 10_000;

/** Whether an event passes. @param nameOf the name of an entity */
export function passes(
  { entityId, name }: Pick<TailEvent, 'entityId' | 'name'>,
  filter: TailFilter,
  nameOf: (id: string) => string,
): boolean {
  if (filter.event !== '' && name !== filter.event) return false;
  const wanted = filter.entity.trim().toLowerCase();
  if (wanted === '' || entityId.toLowerCase().includes(wanted)) return true;
  return nameOf(entityId).toLowerCase().includes(wanted);
}

/** Fields that every event has, and that say nothing of what happened. */
const ENVELOPE = new Set([
  'id',
  'eventType',
  'entityId',
  'entityType',
  'organizationId',
  'organizationName',
  'rootEntityId',
  'rootEntityType',
  'legId',
  'timestamp',
  'messageTTLSeconds',
  'publicity',
  'version',
]);

/** What an event says, in a line: its own fields that say something. */
export function summaryOf(data: Readonly<Record<string, unknown>>, most = 5): string {
  return Object.entries(data)
    .filter(([name, value]) => !ENVELOPE.has(name) && isTelling(value))
    .slice(0, most)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(' · ');
}

/** When something happened is in the row already, or in the whole event. */
const TIME = /^\d{4}-\d\d-\d\dT/u;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

function isTelling(value: unknown): boolean {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'boolean') return value;
  return typeof value === 'string' && value !== '' && !GUID.test(value) && !TIME.test(value);
}
