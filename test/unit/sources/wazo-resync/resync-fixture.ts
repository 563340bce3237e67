import { vi } from 'vitest';
import type { DomainEvent, Snapshot } from '../../../../src/contact-center/index.js';
import { BusClock } from '../../../../src/sources/wazo/bus-clock.js';
import { Resync } from '../../../../src/sources/wazo/resync/resync.js';
import type { SourceCondition } from '../../../../src/sources/source.js';
import { ann, bob, FakeDirectoryHolder } from '../../../support/directory-fixture.js';
import { DirectWazo } from '../../../support/fake-wazo/direct-wazo.js';
import { queueMemberRow, queueParams } from '../../../support/fake-wazo/live-state.js';
import { noLogger } from '../../../support/no-logger.js';
import { ORIGIN_UUID } from '../../../support/wazo-bus.js';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const AUDIT_MS = 5 * MINUTE;
const START = Date.parse('2026-11-21T10:00:00Z');

/** A resynchronisation with a fake Wazo on fake timers, and what it says. */
export class ResyncUnderTest {
  readonly wazo = new DirectWazo();
  readonly directory = new FakeDirectoryHolder();
  readonly told: DomainEvent[] = [];
  /** The last condition of each part. */
  readonly conditions = new Map<string, SourceCondition>();
  /** Nonces of the markers so far. */
  readonly nonces: string[] = [];
  /** What becomes of a marker that wazo-amid took; it comes round at once unless told otherwise. */
  onMarker: (nonce: string) => void;
  readonly clock = new BusClock(() => 0);
  readonly resync: Resync;
  readonly #stopping = new AbortController();
  #ended: Promise<void> | undefined;

  constructor() {
    vi.useFakeTimers({ now: START });
    this.onMarker = (nonce) => this.marker(nonce);
    this.wazo.onUserEvent = ({ Nonce }) => {
      this.nonces.push(String(Nonce));
      this.onMarker(String(Nonce));
      return Promise.resolve();
    };
    this.wazo.state.amiRows.set('QueueStatus', [
      queueParams('sales'),
      queueMemberRow(ann, 'sales'),
      queueMemberRow(bob, 'sales'),
      queueParams('support'),
    ]);
    this.resync = new Resync({
      source: 'wazo',
      services: this.wazo.services,
      directory: this.directory,
      sink: (events) => this.told.push(...events),
      observer: {
        conditionChanged: (_source, part, condition) => this.conditions.set(part, condition),
      },
      logger: noLogger,
      auditMs: AUDIT_MS,
      clock: this.clock,
      now: Date.now,
      random: () => 0,
    });
  }

  /** Starts, connects and lets the first run pass. */
  async start(): Promise<void> {
    this.run();
    this.resync.connected();
    await this.pass(SECOND);
  }

  run(): void {
    this.#ended = this.resync.run(this.#stopping.signal);
  }

  async pass(milliseconds: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /** The marker comes round on the bus. */
  marker(nonce: string): void {
    const at = Date.now();
    this.resync.noticed({ kind: 'marker', at, nonce, originUuid: ORIGIN_UUID, stampMs: at });
  }

  /** FullyBooted. */
  booted(): void {
    this.resync.noticed({ kind: 'asterisk-booted', at: Date.now(), uptimeSeconds: 1 });
  }

  reload(phase: 'starting' | 'completed'): void {
    this.resync.noticed({ kind: 'asterisk-reload', at: Date.now(), phase, what: 'core reload' });
  }

  /** Says how many callers wait after a join or a leave. */
  count(change: 1 | -1, count: number): void {
    this.resync.noticed({ kind: 'queue-count', at: Date.now(), queueName: 'sales', change, count });
  }

  /** What was asked since this was asked last, in alphabetical order; markers apart. */
  asked(): string[] {
    return this.wazo.asked
      .splice(0)
      .filter((call) => call !== 'amid/UserEvent')
      .sort();
  }

  /** The snapshots since this was asked last. */
  snapshots(): Snapshot[] {
    return this.told.splice(0).flatMap((event) => (event.kind === 'snapshot' ? [event] : []));
  }

  condition(part: 'snapshot' | 'markers'): SourceCondition | undefined {
    return this.conditions.get(part);
  }

  /** Resolves when it has stopped. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
    vi.useRealTimers();
  }
}

/** What a run for all of the state asks. */
export const WHOLE = [
  'agentd/agents',
  'amid/CoreShowChannels',
  'amid/QueueStatus',
  'calld/calls',
  'chatd/presences',
  'confd/users',
];
