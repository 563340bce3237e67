import type { ReceivedMessage } from '../../support/rte-client.js';
import { NAMES } from './cast.js';

type Data = ReceivedMessage['data'];

/** What every message has, and what the line says already. */
const SAID_ALREADY: ReadonlySet<string> = new Set([
  'id',
  'timestamp',
  'rootEntityType',
  'rootEntityId',
  'organizationId',
  'eventType',
  'entityType',
  'entityId',
  'messageTTLSeconds',
  'userName',
  'username',
  'queueName',
]);

/** Fields that repeat the entity's id. */
const OWN_IDS: ReadonlySet<string> = new Set(['userId', 'queueId', 'callListId']);

/** Events that tell a state: of these only what changed since the last one is worth reading. */
const STATES: ReadonlySet<string> = new Set(['UserStatus', 'UserAvailability', 'QueueStatus']);

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u;
const OPEN_END = '9999-12-31T23:59:59.9999999Z';
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/**
 * Writes what a client receives as text for people: one line a message, with the time since the
 * beginning of the story, the entity, the event, and the fields that say something. Ids are
 * replaced by names, those of calls and callback requests by their order of appearance.
 */
export class LogWriter {
  readonly #start: number;
  readonly #lines: string[] = [];
  readonly #states = new Map<string, Data>();
  readonly #aliases = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  /** Lines of states told at one moment: those of different entities have no order of their own. */
  #moment: string[] = [];
  #momentAt = 0;

  /** @param start epoch ms of the beginning of the story */
  constructor(start: number) {
    this.#start = start;
  }

  /** The log so far, with a line break at its end. */
  get text(): string {
    this.#endMoment();
    return `${this.#lines.join('\n')}\n`;
  }

  /** A line that says what happens in the story at `now` (epoch ms). */
  heading(now: number, what: string): void {
    this.#endMoment();
    if (this.#lines.length > 0) this.#lines.push('');
    this.#lines.push(`# ${this.#time(now)} ${what}`);
  }

  /** The line of a message that came at `now` (epoch ms). */
  message(now: number, data: Data): void {
    const event = String(data['eventType']);
    const entity = this.#word('entity', data['entityId']);
    const fields = this.#fieldsOf(event, data)
      .map(([name, value]) => `${name}=${this.#word(name, value)}`)
      .join(' ');
    const line = `${entity.padEnd(9)} ${event.padEnd(28)} ${fields}`.trimEnd();
    if (!STATES.has(event) || now !== this.#momentAt) this.#endMoment();
    this.#momentAt = now;
    if (STATES.has(event)) this.#moment.push(line);
    else this.#lines.push(`  ${this.#time(now)} ${line}`);
  }

  #endMoment(): void {
    for (const line of this.#moment.toSorted()) {
      this.#lines.push(`  ${this.#time(this.#momentAt)} ${line}`);
    }
    this.#moment = [];
  }

  #fieldsOf(event: string, data: Data): [string, unknown][] {
    const fields = Object.entries(data).filter(
      ([name, value]) =>
        !SAID_ALREADY.has(name) && !(OWN_IDS.has(name) && value === data['entityId']),
    );
    if (!STATES.has(event)) return fields.filter(([, value]) => saysSomething(value));
    const key = `${event} ${String(data['entityId'])}`;
    const before = this.#states.get(key);
    this.#states.set(key, data);
    return fields.filter(([name, value]) =>
      before === undefined ? saysSomething(value) : differs(value, before[name]),
    );
  }

  #word(field: string, value: unknown): string {
    if (typeof value !== 'string') return this.#json(value);
    const word = this.#named(field, value);
    return word === '' || (word === value && word.includes(' ')) ? JSON.stringify(word) : word;
  }

  /** Lists and what is in them. */
  #json(value: unknown): string {
    return JSON.stringify(value, (field, inner: unknown) =>
      typeof inner === 'string' ? this.#named(field, inner) : inner,
    );
  }

  #named(field: string, value: string): string {
    const name = NAMES.get(value);
    if (name !== undefined) return name;
    if (GUID.test(value)) return this.#alias(field, value);
    if (value === OPEN_END) return 'open';
    return TIME.test(value) ? this.#time(Date.parse(value)) : value;
  }

  /** `call-1`, `callback-2`. */
  #alias(field: string, guid: string): string {
    const known = this.#aliases.get(guid);
    if (known !== undefined) return known;
    const kind = field.replace(/Id$/u, '').toLowerCase();
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const alias = `${kind}-${String(count)}`;
    this.#aliases.set(guid, alias);
    return alias;
  }

  /** Seconds since the beginning, as `+12.345`. */
  #time(epochMs: number): string {
    return `+${((epochMs - this.#start) / 1000).toFixed(3).padStart(7, '0')}`;
  }
}

function differs(value: unknown, before: unknown): boolean {
  return JSON.stringify(value) !== JSON.stringify(before);
}

function saysSomething(value: unknown): boolean {
  return value !== null && value !== '' && value !== false && value !== 0 && value !== NO_GUID;
}
