import type { SourceCondition, SourceLogger } from './source.js';

/** Writes down how a source's connection fares: each change once, however often it is tried again. */
export class ConditionLog {
  readonly #logger: SourceLogger;
  readonly #source: string;
  #told: string | undefined;

  /** @param source its name */
  constructor(logger: SourceLogger, source: string) {
    this.#logger = logger;
    this.#source = source;
  }

  note(condition: SourceCondition): void {
    const reason = condition.state === 'up' ? '' : condition.detail;
    const news = `${condition.state} ${reason}`;
    if (news === this.#told) return;
    this.#told = news;
    if (condition.state === 'up') this.#logger.info({ source: this.#source }, 'source up');
    else this.#logger.warn({ source: this.#source, reason }, `source ${condition.state}`);
  }
}
