import type { EventOutcome, SourceLogger } from '../source.js';

/** Kinds of dropped messages that are logged, once each. */
const MAX_LOGGED_KINDS = 100;

/** Names of unknown events are the sender's own invention. */
const MAX_NAME_LENGTH = 100;

/** What is logged of messages that are dropped for a reason that an operator may have to mend. */
const DROPPED: Partial<
  Readonly<
    Record<EventOutcome, { readonly level: 'debug' | 'info' | 'warn'; readonly text: string }>
  >
> = {
  malformed: { level: 'warn', text: 'malformed bus message ignored' },
  'foreign-tenant': {
    level: 'warn',
    text: "bus message ignored: its tenant is not that of the users and queues it names; compare wazo.tenantUuid of the directory's organizations",
  },
  'unknown-entity': {
    level: 'info',
    text: 'bus message about a user, agent, line or queue that the directory does not have ignored',
  },
  'unknown-name': { level: 'info', text: 'bus message of an unknown event ignored' },
  stasis: { level: 'info', text: "Asterisk's ARI events reach the hub's queue and are ignored" },
  'ring-group': { level: 'debug', text: 'bus message about a ring group ignored' },
};

/** Says once per event and outcome that messages are dropped, and why; later ones are only counted. */
export class DropLog {
  readonly #source: string;
  readonly #logger: SourceLogger;
  readonly #logged = new Set<string>();

  constructor(source: string, logger: SourceLogger) {
    this.#source = source;
    this.#logger = logger;
  }

  /** Kinds that were logged. */
  get size(): number {
    return this.#logged.size;
  }

  /** @param problem what is wrong with the message, without its values */
  note(name: string, outcome: EventOutcome, problem?: string): void {
    const drop = DROPPED[outcome];
    const event = name.slice(0, MAX_NAME_LENGTH);
    const kind = `${outcome} ${event}`;
    if (drop === undefined || this.#logged.has(kind) || this.#logged.size >= MAX_LOGGED_KINDS) {
      return;
    }
    this.#logged.add(kind);
    const fields = { source: this.#source, event, ...(problem === undefined ? {} : { problem }) };
    this.#logger[drop.level](fields, `${drop.text}; later ones of this kind are only counted`);
    if (this.#logged.size === MAX_LOGGED_KINDS) {
      const limit = { source: this.#source, kinds: MAX_LOGGED_KINDS };
      this.#logger.warn(limit, 'further kinds of ignored bus messages are only counted');
    }
  }
}
