import { inspect } from 'node:util';
import type { SnapshotOccasion } from '../../../src/contact-center/index.js';
import type { Directory } from '../../../src/directory/types.js';
import { PortsipIds } from '../../../src/sources/portsip/portsip-ids.js';
import { PortsipIngest } from '../../../src/sources/portsip/portsip-ingest.js';
import { parseFrame } from '../../../src/sources/portsip/wsi/parse-frame.js';
import type { EventOutcome } from '../../../src/sources/source.js';
import { people, queueIds } from '../../support/directory-fixture.js';
import {
  fakeExtension,
  fakeQueue,
  fakeTenant,
  type FakeTenant,
} from '../../support/fake-portsip/model.js';
import { PbxStory } from '../../support/fake-portsip/pbx-story.js';
import { DEFAULT_RULES } from '../../support/fake-portsip/portsip-variables.js';
import { extensionStatusMessage, queueStatusMessage } from '../../support/fake-portsip/say.js';
import type { WireMessage } from '../../support/fake-portsip/wire-messages.js';
import type { ReceivedMessage } from '../../support/rte-client.js';
import { storyDirectory } from './cast.js';
import { HubStage, watchTables } from './hub-stage.js';

/** Who has which extension. */
export const EXTENSIONS = { ann: '201', bob: '202', dora: '203' } as const;
export const QUEUES = { sales: '600', support: '601' } as const;

/** As what a message of the PBX may be counted in a story. */
const FINE: ReadonlySet<EventOutcome> = new Set<EventOutcome>([
  'applied',
  'directory-change',
  'duplicate',
]);

/** Stories are short and there are many: each hub takes the memory of its bounds. */
const BOUNDS = { agents: 100, calls: 100, wishes: 100, learned: 100, breaches: 100 };

/** How the PBX's messages of one burst reach the hub. */
export type Delivery = (burst: readonly WireMessage[]) => readonly WireMessage[];

/** The hub from the PBX's messages on, and the PBX: everything but the sockets. */
export class PortsipStage {
  readonly pbx: PbxStory;
  readonly tenant = storyTenant();
  readonly #hub: HubStage;
  readonly #ingest: PortsipIngest;
  readonly #deliver: Delivery;
  readonly #clock: NodeJS.Timeout;
  #burst: WireMessage[] = [];
  #isConnected = true;

  constructor(onMessage: (data: ReceivedMessage['data']) => void, deliver: Delivery) {
    const { tenant } = this;
    this.#deliver = deliver;
    const directory = portsipDirectory(tenant);
    this.#hub = new HubStage({ directory, activitiesTold: true, onMessage });
    const publish = (_tenant: unknown, _topic: unknown, message: WireMessage) => {
      if (this.#isConnected) this.#burst.push(message);
    };
    this.pbx = new PbxStory({ publish, now: Date.now }, tenant);
    this.#ingest = new PortsipIngest(
      {
        source: 'portsip',
        ids: new PortsipIds('pbx.example'),
        directory: this.#hub.directory,
        bounds: BOUNDS,
        rules: DEFAULT_RULES,
        sink: this.#hub.feed.sink,
        observer: { eventIn: requireFine, conditionChanged() {}, watchTables },
        logger: this.#hub.logger,
        now: Date.now,
      },
      () => undefined,
    );
    this.#clock = setInterval(() => this.#ingest.tick(), 1000);
  }

  /** Something happens at the PBX, which tells the hub. */
  happens(what: (stage: PortsipStage) => void): void {
    what(this);
    const burst = this.#burst;
    this.#burst = [];
    for (const message of this.#deliver(burst)) this.#accept(message);
  }

  /** The connection is lost: nothing is told until the hub subscribes anew. */
  cut(): void {
    this.#isConnected = false;
  }

  /** The hub subscribes, and is told the state of everything. */
  subscribe(): void {
    this.#isConnected = true;
    const { tenant } = this;
    const extensions = [...tenant.extensions.values()];
    const now = Math.floor(Date.now() / 1000);
    this.#accept(extensionStatusMessage(tenant, extensions, now), 'gap');
    for (const queue of tenant.queues.values())
      this.#accept(queueStatusMessage(tenant, queue), 'gap');
  }

  /** Somebody's extension is made, with another id than any before. */
  makeExtension(name: keyof typeof EXTENSIONS): void {
    this.pbx.extensionIsMade(fakeExtension(EXTENSIONS[name], name));
  }

  /** Lets time pass, with everything that is due in it. */
  async pass(milliseconds: number): Promise<void> {
    await this.#hub.pass(milliseconds);
  }

  end(): void {
    clearInterval(this.#clock);
    this.#ingest.close();
    this.#hub.feed.stop();
  }

  #accept(message: WireMessage, occasion?: SnapshotOccasion): void {
    const frame = parseFrame(JSON.stringify(message));
    if (frame.kind === 'reply') throw new Error(`no event: ${inspect(message)}`);
    this.#ingest.accept(frame, occasion);
  }
}

function storyTenant(): FakeTenant {
  const extensions = Object.entries(EXTENSIONS).map(([name, number]) =>
    fakeExtension(number, name),
  );
  return fakeTenant('Acme', 'acme.example', extensions, [
    fakeQueue(QUEUES.sales, 'The sales', [EXTENSIONS.ann, EXTENSIONS.bob]),
    fakeQueue(QUEUES.support, 'The support', [EXTENSIONS.bob]),
  ]);
}

function portsipDirectory(tenant: FakeTenant): Directory {
  const directory = storyDirectory();
  const extensionOf = new Map(Object.entries(EXTENSIONS).map(([name, number]) => [name, number]));
  const names = new Map(Object.entries(people).map(([name, id]) => [id, name]));
  const organizations = Array.from(directory.organizations, ([id, organization]) => {
    return [id, { ...organization, portsip: { tenantId: tenant.id } }] as const;
  });
  const users = Array.from(directory.users, ([id, user]) => {
    const extension = extensionOf.get(names.get(id) ?? '');
    return [id, extension === undefined ? user : { ...user, portsip: { extension } }] as const;
  });
  const queues = Array.from(directory.queues, ([id, queue]) => {
    const queueNumber = id === queueIds.sales ? QUEUES.sales : QUEUES.support;
    const wrapUpSeconds = tenant.queues.get(queueNumber)?.wrapUpSeconds ?? 0;
    return [id, { ...queue, portsip: { queueNumber, wrapUpSeconds } }] as const;
  });
  const callLists = Array.from(directory.callLists, ([id, list]) => {
    return [id, { ...list, collect: ['abandoned', 'overflow', 'explicit'] as const }] as const;
  });
  return {
    ...directory,
    organizations: new Map(organizations),
    users: new Map(users),
    queues: new Map(queues),
    callLists: new Map(callLists),
  };
}

function requireFine(_source: string, name: string, outcome: EventOutcome): void {
  if (!FINE.has(outcome)) throw new Error(`${name} was counted as ${outcome}`);
}
