import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../src/contact-center/index.js';
import { SimulatorSource } from '../../../src/sources/simulator/simulator-source.js';
import type { EventSink, EventSource, SourceStatus } from '../../../src/sources/source.js';
import { SourceRunner } from '../../../src/sources/source-runner.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';

const event: DomainEvent = { kind: 'channel-ended', at: 0, legId: '1.1' };

/** A source that says one thing when it starts and another when it has to stop. */
const steady: EventSource = {
  name: 'steady',
  async run(signal, sink) {
    sink([event]);
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
    sink([event, event]);
  },
};

const broken: EventSource = {
  name: 'broken',
  run: () => Promise.reject(new Error('no licence')),
};

describe('the sources', () => {
  it('run side by side: one that fails is logged and leaves the others running', async () => {
    const bursts: number[] = [];
    const errors: object[] = [];
    const logger = { error: (fields: object) => errors.push(fields) };
    const runner = new SourceRunner(
      [broken, steady],
      (events) => bursts.push(events.length),
      logger,
    );
    runner.start();
    expect(bursts).toEqual([1]);
    await runner.stop();
    expect(bursts).toEqual([1, 2]);
    expect(errors).toEqual([{ err: new Error('no licence'), source: 'broken' }]);
  });

  it('stop at once when none was started', async () => {
    const runner = new SourceRunner([steady], () => undefined, { error: () => undefined });
    await expect(runner.stop()).resolves.toBeUndefined();
  });
});

const log = (): void => undefined;

describe('the simulator as a source', () => {
  it('says that it is up, delivers bursts, and ends when it has to', async () => {
    const statuses: SourceStatus[] = [];
    const simulator = new SimulatorSource({
      directory: new FakeDirectoryHolder(),
      speed: 1_000,
      seed: 1,
      observer: { eventIn: log, statusChanged: (_source, status) => statuses.push(status) },
      logger: { debug: log, info: log, warn: log, error: log },
    });
    const stopping = new AbortController();
    let tell: EventSink = log;
    const firstBurst = new Promise<readonly DomainEvent[]>((resolve) => {
      tell = resolve;
    });
    const running = simulator.run(stopping.signal, (events) => tell(events));
    const first = await firstBurst;
    expect(first.map(({ kind }) => kind)).toContain('queue-member-added');
    expect(statuses).toEqual([{ up: true, reason: '' }]);
    stopping.abort();
    await expect(running).resolves.toBeUndefined();
  });
});
