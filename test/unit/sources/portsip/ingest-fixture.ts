import type { DomainEvent, SnapshotOccasion } from '../../../../src/contact-center/index.js';
import { buildDirectory } from '../../../../src/directory/build-directory.js';
import { directoryFileSchema } from '../../../../src/directory/file-schema.js';
import type { Directory } from '../../../../src/directory/types.js';
import { PortsipIds } from '../../../../src/sources/portsip/portsip-ids.js';
import { PortsipIngest } from '../../../../src/sources/portsip/portsip-ingest.js';
import { parseFrame } from '../../../../src/sources/portsip/wsi/parse-frame.js';
import type { EventOutcome } from '../../../../src/sources/source.js';
import { DEFAULT_RULES } from '../../../support/fake-portsip/portsip-variables.js';
import { TENANT } from '../../../support/fake-portsip/wire-messages.js';
import { FakeDirectoryHolder } from '../../../support/directory-fixture.js';
import { noLogger } from '../../../support/no-logger.js';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
export const QUEUE = '00000000-0000-4000-8000-000000000600';
export const MARA = '00000000-0000-4000-8000-000000000201';
export const NOOR = '00000000-0000-4000-8000-000000000202';

/** The mapping of a PBX with the tenant, the queue and two of the extensions of the samples. */
export class IngestUnderTest {
  readonly events: DomainEvent[] = [];
  readonly outcomes: EventOutcome[] = [];
  now = Date.parse('2026-11-21T10:00:00Z');
  readonly ingest: PortsipIngest;

  constructor(rules = DEFAULT_RULES) {
    this.ingest = new PortsipIngest(
      {
        rules,
        source: 'portsip',
        ids: new PortsipIds('pbx.example'),
        directory: new FakeDirectoryHolder(sampleDirectory()),
        sink: (events) => this.events.push(...events),
        observer: {
          eventIn: (_source, _name, outcome) => this.outcomes.push(outcome),
          conditionChanged: () => undefined,
          watchTables: () => undefined,
        },
        logger: noLogger,
        now: () => this.now,
      },
      () => undefined,
    );
  }

  /** The PBX sends a message, which may be anything. */
  take(wire: unknown, occasion?: SnapshotOccasion): void {
    const frame = parseFrame(JSON.stringify(wire) ?? '');
    if (frame.kind !== 'reply') this.ingest.accept(frame, occasion);
  }

  /** Time passes, and the source looks at its clock. */
  wait(milliseconds: number): void {
    this.now += milliseconds;
    this.ingest.tick();
  }

  /** Kinds of the events since the last call. */
  told(): string[] {
    return this.events.splice(0).map(({ kind }) => kind);
  }
}

function sampleDirectory(): Directory {
  const user = (id: string, extension: string) => ({
    id,
    organizationId: ORGANIZATION,
    userName: `user${extension}`,
    displayName: `User ${extension}`,
    role: 'agent' as const,
    portsip: { extension },
  });
  const file = directoryFileSchema.parse({
    organizations: [{ id: ORGANIZATION, name: 'Acme', portsip: { tenantId: TENANT.id } }],
    users: [user(MARA, '201'), user(NOOR, '202')],
    queues: [
      {
        id: QUEUE,
        organizationId: ORGANIZATION,
        name: 'Support',
        number: '600',
        portsip: { queueNumber: '600', queueId: '712345678901234501' },
      },
    ],
    callLists: [],
  });
  return buildDirectory(file, new Map());
}
