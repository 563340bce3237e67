import { describe, expect, it, onTestFinished } from 'vitest';
import { buildDirectory } from '../../../src/directory/build-directory.js';
import { directoryFileSchema } from '../../../src/directory/file-schema.js';
import { createMetrics, HealthRegistry } from '../../../src/observability/index.js';
import { InProcessEventBus } from '../../../src/rte/event-bus.js';
import { watchSources } from '../../../src/composition/source-health.js';
import { FakeDirectoryHolder } from '../../support/directory-fixture.js';
import { noLogger } from '../../support/no-logger.js';

const ID = 'dddddddd-0000-4000-8000-000000000001';

describe('SourceStatus of an organization', () => {
  it.each<{ what: string; file: object; sources: string[] }>([
    { what: 'without any mapping', file: {}, sources: ['simulator', 'wazo'] },
    {
      what: 'of a PortSIP PBX',
      file: { portsip: { tenantId: '7' } },
      sources: ['simulator', 'portsip'],
    },
    {
      what: 'of both',
      file: { portsip: { tenantId: '7' }, wazo: { tenantUuid: ID } },
      sources: ['simulator', 'portsip', 'wazo'],
    },
  ])('$what tells of its own sources only', ({ file, sources }) => {
    const told: unknown[] = [];
    const bus = new InProcessEventBus(noLogger);
    bus.onEvent(({ data }) => told.push('sources' in data ? data.sources : data));
    const parsed = directoryFileSchema.parse({
      organizations: [{ id: ID, name: 'Acme', ...file }],
      users: [],
    });
    const watching = watchSources({
      settings: { sources: ['simulator', 'portsip', 'wazo'] },
      directory: new FakeDirectoryHolder(buildDirectory(parsed, new Map())),
      metrics: createMetrics(Date.now),
      health: new HealthRegistry(),
      bus,
      now: Date.now,
    });
    onTestFinished(() => watching.stop());
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject(sources.map((sourceName) => ({ sourceName })));
  });
});
