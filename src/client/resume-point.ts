/**
 * From where to resume: the newest event that the application was told. Event ids are UUIDv7 and
 * sort by their time; the id of a state that was told without an event sorts before all of them.
 */
export class ResumePoint {
  #id: string | null = null;

  /** Null before the first event. */
  get id(): string | null {
    return this.#id;
  }

  /** A hub has said where its events are now: what another one told before counts no more. */
  set(id: string): void {
    this.#id = id.toLowerCase();
  }

  /** The application has been told up to this event, if not further already. */
  advance(id: string): void {
    const next = id.toLowerCase();
    if (this.#id === null || next > this.#id) this.#id = next;
  }
}
