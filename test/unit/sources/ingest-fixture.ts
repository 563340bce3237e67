import { vi } from 'vitest';
import {
  ContactCenter,
  type DomainEvent,
  type Occurrence,
} from '../../../src/contact-center/index.js';
import type { DirectoryChange, ResyncTrigger } from '../../../src/sources/wazo/notices.js';
import { WazoIngest } from '../../../src/sources/wazo/wazo-ingest.js';
import { contactCenterDirectory, FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { expectPossibleState } from '../../support/invariants.js';
import type { BusEvent } from '../../support/wazo-bus.js';

export const WINDOW_MS = 50;
export const ORIGIN_UUID = 'cc5d0d76-687e-40a7-81cf-75e0540d1787';

/** The time at which the tests' fake clock begins. */
export const START = Date.parse('2026-11-21T10:00:00Z');

/** An ingest that feeds a contact center, and what it told. Needs vi's fake timers. */
export class IngestUnderTest {
  readonly center = new ContactCenter();
  readonly directory: FakeDirectoryHolder;
  readonly bursts: (readonly DomainEvent[])[] = [];
  readonly occurrences: Occurrence[] = [];
  readonly outcomes: string[] = [];
  readonly directoryChanges: DirectoryChange[] = [];
  readonly resyncTriggers: ResyncTrigger[] = [];
  readonly endedSessions: string[] = [];
  readonly warnings: object[] = [];
  readonly errors: object[] = [];
  /** What the sink throws, once. */
  sinkFault: Error | undefined;
  /** What the listener to resync triggers throws, once. */
  listenerFault: Error | undefined;
  acknowledged = 0;
  readonly ingest: WazoIngest;
  #microseconds = 0;

  constructor(directory = contactCenterDirectory()) {
    this.directory = new FakeDirectoryHolder(directory);
    this.ingest = this.#createIngest();
  }

  /** Gives messages to the ingest at this moment, each with a stamp of its own. */
  deliver(...events: readonly BusEvent[]): void {
    for (const event of events) this.deliverBody(this.encode(event));
  }

  /** Gives any bytes to the ingest. */
  deliverBody(body: Uint8Array): void {
    this.ingest.accept(body, () => {
      this.acknowledged += 1;
    });
  }

  /** Delivers messages as one burst, and waits until it is applied. */
  burst(...events: readonly BusEvent[]): void {
    this.deliver(...events);
    this.settle();
  }

  /** Lets the reorder window close. */
  settle(): void {
    vi.advanceTimersByTime(WINDOW_MS * 2);
  }

  /** The body as Wazo's publisher writes it, with the headers that it repeats there. */
  encode({ name, data }: BusEvent, at = Date.now(), headers: object = {}): Buffer {
    this.#microseconds = (this.#microseconds + 1) % 1000;
    const micros = String(this.#microseconds).padStart(3, '0');
    const timestamp = `${new Date(at).toISOString().slice(0, -1)}${micros}`;
    return Buffer.from(
      JSON.stringify({ ...headers, name, origin_uuid: ORIGIN_UUID, timestamp, data }),
    );
  }

  /** What one message alone became. */
  translate(event: BusEvent): { outcome: string; events: readonly DomainEvent[] } {
    this.burst(event);
    const outcome = (this.outcomes.at(-1) ?? '').replace(`${event.name} `, '');
    return { outcome, events: this.bursts.splice(0).flat() };
  }

  #createIngest(): WazoIngest {
    return new WazoIngest({
      source: 'wazo',
      directory: this.directory,
      sink: (events) => this.#apply(events),
      observer: {
        eventIn: (_source, name, outcome) => this.outcomes.push(`${name} ${outcome}`),
        conditionChanged: () => undefined,
        watchTables: () => undefined,
      },
      logger: {
        debug: () => undefined,
        info: () => undefined,
        error: (fields) => this.#reportError(fields),
        warn: (fields) => this.warnings.push(fields),
      },
      reorderWindowMs: WINDOW_MS,
      now: Date.now,
      onDirectoryChange: (change) => this.directoryChanges.push(change),
      onResyncTrigger: (trigger) => this.#noteTrigger(trigger),
      onSessionEnded: (id) => this.endedSessions.push(id),
    });
  }

  #noteTrigger(trigger: ResyncTrigger): void {
    if (this.listenerFault !== undefined) throw this.listenerFault;
    this.resyncTriggers.push(trigger);
  }

  /** An error nobody has asked for fails the test, a failed expectation of the sink included. */
  #reportError(fields: object): void {
    this.errors.push(fields);
    if (this.sinkFault !== undefined) this.sinkFault = undefined;
    else if (this.listenerFault !== undefined) this.listenerFault = undefined;
    else throw new Error('the ingest reported an error', { cause: fields });
  }

  #apply(events: readonly DomainEvent[]): void {
    if (this.sinkFault !== undefined) throw this.sinkFault;
    this.bursts.push(events);
    for (const event of events) {
      this.occurrences.push(...this.center.apply(event).occurrences);
      expectPossibleState(this.center, Date.now(), this.#known());
    }
  }

  #known(): { users: Iterable<string>; queues: Iterable<string> } {
    const { users, queues } = this.directory.current;
    return { users: users.keys(), queues: queues.keys() };
  }
}
