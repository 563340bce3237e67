import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../src/contact-center/index.js';
import { SimulatorSource } from '../../../src/sources/simulator/simulator-source.js';
import type { EventSink, EventSource, SourceCondition } from '../../../src/sources/source.js';
import { SourceRunner } from '../../../src/sources/source-runner.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';

const log = (): void => undefined;

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
  it('run side by side: one that fails is logged, reported down, and leaves the others running', async () => {
    const bursts: number[] = [];
    const errors: object[] = [];
    const conditions: unknown[] = [];
    const runner = new SourceRunner({
      sources: [broken, steady],
      sink: (events) => bursts.push(events.length),
      observer: { conditionChanged: (...told) => conditions.push(told) },
      logger: { error: (fields: object) => errors.push(fields) },
    });
    runner.start();
    expect(bursts).toEqual([1]);
    await runner.stop();
    expect(bursts).toEqual([1, 2]);
    expect(errors).toEqual([{ err: new Error('no licence'), source: 'broken' }]);
    const failed: unknown = expect.objectContaining({ state: 'down', trouble: 'failed' });
    expect(conditions).toEqual([['broken', 'run', failed]]);
    expect(JSON.stringify(conditions)).not.toContain('licence');
  });

  it('stop at once when none was started', async () => {
    const runner = new SourceRunner({
      sources: [steady],
      sink: log,
      observer: { conditionChanged: log },
      logger: { error: log },
    });
    await expect(runner.stop()).resolves.toBeUndefined();
  });
});

describe('the simulator as a source', () => {
  it('says that it is up, delivers bursts, and ends when it has to', async () => {
    const conditions: SourceCondition[] = [];
    const simulator = new SimulatorSource({
      directory: new FakeDirectoryHolder(),
      speed: 1_000,
      seed: 1,
      observer: {
        eventIn: log,
        watchTables: log,
        conditionChanged: (_source, _part, one) => conditions.push(one),
      },
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
    expect(conditions).toEqual([{ state: 'up' }]);
    stopping.abort();
    await expect(running).resolves.toBeUndefined();
  });
});
