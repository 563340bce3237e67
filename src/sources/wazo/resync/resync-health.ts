import type { SourceCondition, SourceLogger, SourceObserver, SourcePart } from '../../source.js';
import { conditionOf } from './condition-of.js';
import type { MarkerOutcome } from './markers.js';
import type { StatePart } from './state-parts.js';

/** Three audits in a row did not even end. */
const OLD_MS = 15 * 60_000;

/** What the parts are called towards operators. */
const NAMES: Readonly<Record<StatePart, string>> = {
  queues: 'the state of queues could not be read',
  calls: 'the calls could not be read',
  agents: 'the logins of agents could not be read',
  presences: 'the presences could not be read',
  settings: "the users' settings could not be read",
};

const READING: SourceCondition = {
  state: 'stale',
  trouble: 'reading-state',
  detail: 'the state is being read from Wazo',
};

const OLD: SourceCondition = {
  state: 'stale',
  trouble: 'state-old',
  detail: 'the state was last compared with Wazo more than 15 minutes ago',
};

const UNANSWERED: SourceCondition = {
  state: 'stale',
  trouble: 'unanswered',
  detail:
    "wazo-amid took the hub's marker, but it did not come back on the bus: check that wazo-amid is connected to RabbitMQ and that its user in Asterisk's manager.conf may read `user` events",
};

/** Says how far the state that was read can be trusted. */
export class ResyncHealth {
  readonly #source: string;
  readonly #observer: Pick<SourceObserver, 'conditionChanged'>;
  readonly #logger: SourceLogger;
  #old: NodeJS.Timeout | undefined;
  #isFailing = false;

  constructor(options: {
    readonly source: string;
    readonly observer: Pick<SourceObserver, 'conditionChanged'>;
    readonly logger: SourceLogger;
  }) {
    this.#source = options.source;
    this.#observer = options.observer;
    this.#logger = options.logger;
  }

  /** What is known may have gaps until it has been read. */
  reading(): void {
    this.#report('snapshot', READING);
  }

  /** All is as Wazo has it. */
  read(): void {
    this.#isFailing = false;
    this.#report('snapshot', { state: 'up' });
    clearTimeout(this.#old);
    this.#old = setTimeout(() => this.#report('snapshot', OLD), OLD_MS);
    this.#old.unref();
  }

  /** Parts could not be read. */
  failed(failures: ReadonlyMap<StatePart, unknown>): void {
    const [first, ...others] = Array.from(failures, ([part, error]) =>
      conditionOf(NAMES[part], error),
    );
    if (first === undefined) return;
    const detail = [first, ...others].map((condition) => condition.detail).join('; ');
    this.#report('snapshot', { ...first, detail });
    if (!this.#isFailing)
      this.#logger.warn({ source: this.#source, reason: detail }, 'state not read');
    this.#isFailing = true;
  }

  /** How the hub's marker fared. */
  marked(outcome: MarkerOutcome): void {
    switch (outcome.kind) {
      case 'back':
        this.#report('markers', { state: 'up' });
        break;
      case 'unanswered':
        this.#report('markers', UNANSWERED);
        break;
      case 'unsent':
        this.#report('markers', conditionOf("the hub's marker could not be sent", outcome.error));
        break;
      case 'given-up':
        break;
    }
  }

  stop(): void {
    clearTimeout(this.#old);
  }

  #report(part: SourcePart, condition: SourceCondition): void {
    this.#observer.conditionChanged(this.#source, part, condition);
  }
}
