import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DomainEvent } from '../../../../src/contact-center/index.js';
import { buildDirectory } from '../../../../src/directory/build-directory.js';
import { directoryFileSchema } from '../../../../src/directory/file-schema.js';
import type { Directory } from '../../../../src/directory/types.js';
import {
  PortsipSource,
  type PortsipSourceOptions,
} from '../../../../src/sources/portsip/portsip-source.js';
import { PortsipRest } from '../../../../src/sources/portsip/rest/portsip-rest.js';
import type { SourceCondition } from '../../../../src/sources/source.js';
import type { FakePbx } from '../../../support/fake-portsip/fake-pbx.js';
import { DEFAULT_RULES } from '../../../support/fake-portsip/portsip-variables.js';
import { noLogger } from '../../../support/no-logger.js';
import { givenPbx, WILMA } from './client-fixture.js';

const ORGANIZATION = '00000000-0000-4000-8000-000000000001';
const MARA = '00000000-0000-4000-8000-000000000201';
const NOOR = '00000000-0000-4000-8000-000000000202';

describe('PortSIP as a source', () => {
  it('tells presence, note and registration of the users of the directory at once', async () => {
    const pbx = await givenPbx();
    const { source } = givenSource(pbx, ['201']);
    await source.hears('snapshot', 1);
    const presence = { availability: 'Available', note: '', terminals: { extension: true } };
    expect(source.events).toMatchObject([
      {
        kind: 'snapshot',
        occasion: 'start',
        users: [{ userId: MARA, exists: true, phone: 'idle', presence }],
      },
    ]);
    expect(source.conditions.at(-1)).toEqual({ state: 'up' });
  });

  it.each([
    ['LUNCH', 'BRB'],
    ['BUSINESS_TRIP', 'Away'],
    ['AWAY', 'Away'],
    ['DO_NOT_DISTURB', 'DoNotDisturb'],
    ['AVAILABLE', 'Available'],
  ])('the presence %s is %s', async (presence, availability) => {
    const pbx = await givenPbx();
    const { source } = givenSource(pbx, ['201']);
    await source.isUpToDate();
    pbx.story().setsPresence('201', presence, 'a note');
    await source.hears('presence-changed', 1);
    expect(source.events.at(-1)).toMatchObject({
      userId: MARA,
      availability,
      note: 'a note',
      source: 'PortSIP',
    });
  });

  it('OFFLINE and unknown presences change nothing; what is not understood is counted', async () => {
    const pbx = await givenPbx();
    const { source } = givenSource(pbx, ['201']);
    await source.isUpToDate();
    const story = pbx.story();
    story.setsPresence('201', 'OFFLINE');
    story.setsPresence('201', 'GONE_FISHING');
    for (const session of pbx.sessions) session.sendText('{"event_type":"moon_phase"}');
    for (const session of pbx.sessions) session.sendText('not JSON');
    story.callerEnters('600', '33140506070');
    story.goes('201', 'offline');
    await source.hears('phone-changed', 1);
    expect(source.events.map(({ kind }) => kind)).toEqual([
      'snapshot',
      'terminal-changed',
      'phone-changed',
    ]);
    expect(source.events.at(-2)).toMatchObject({ registered: false });
    expect(source.counted).toEqual(
      expect.arrayContaining([
        'extension_presence applied',
        'extension_presence doubtful',
        'moon_phase unknown-name',
        'unreadable malformed',
        'call_start applied',
      ]),
    );
  });

  it('an extension of another tenant, or of nobody, reaches nobody', async () => {
    const pbx = await givenPbx();
    const { source } = givenSource(pbx, ['201']);
    await source.isUpToDate();
    const foreign = { event_type: 'extension_presence', presence: 'AWAY' };
    for (const session of pbx.sessions) {
      session.send({ ...foreign, tenant_id: '77', extension: 'sip:201@other.example' });
      session.send({ ...foreign, extension: 'sip:201@acme.example' });
      session.send({ ...foreign, tenant_id: pbx.tenant.id, extension: 'sip:209@acme.example' });
    }
    pbx.story().setsPresence('201', 'LUNCH');
    await source.hears('presence-changed', 1);
    expect(source.events.at(-1)).toMatchObject({ availability: 'BRB' });
    expect(
      source.counted.filter((one) => one === 'extension_presence unknown-entity'),
    ).toHaveLength(3);
  });

  it('a user added to the directory is subscribed to', async () => {
    const pbx = await givenPbx();
    const { source, directory } = givenSource(pbx, ['201']);
    await source.isUpToDate();
    directory.replace(directoryWith(pbx, ['201', '202']));
    await source.hears('snapshot', 2);
    source.later();
    pbx.story().setsPresence('202', 'AWAY');
    await source.until(() => source.counted.includes('extension_presence applied'));
    expect(source.events.at(-1)).toMatchObject({ userId: NOOR, availability: 'Away' });
  });

  it('a call whose end was missed is over when the PBX has twice not had it', async () => {
    const pbx = await givenPbx();
    const rest = new PortsipRest({
      url: pbx.apiUrl,
      tlsInsecure: true,
      credentials: WILMA,
      tenants: [],
      logger: noLogger,
      now: Date.now,
    });
    onTestFinished(() => rest.close());
    const { source } = givenSource(pbx, ['201', '202'], { rest, sessionsEveryMs: 20 });
    await source.isUpToDate();
    const story = pbx.story();
    const missed = story.callBegins('internal', '201', '203');
    story.callBegins('internal', '202', '203');
    await source.hears('leg-changed', 2);
    source.later();
    pbx.tenant.calls.delete(missed);
    await source.hears('channel-ended', 1);
    const ended = source.events.filter((event) => event.kind === 'channel-ended');
    expect(ended.map(({ legId, cause }) => `${legId} ${cause}`)).toEqual([
      `${missed}/201 stale`,
      `${missed} stale`,
    ]);
  });
});

/** A directory that a test may replace. */
class GivenDirectory {
  #current: Directory;
  readonly #listeners = new Set<(directory: Directory) => void>();

  constructor(directory: Directory) {
    this.#current = directory;
  }

  get current(): Directory {
    return this.#current;
  }

  onChange(listener: (directory: Directory) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nothing of the PBX is to be in it but what the test says. */
  contribute(): void {}

  replace(directory: Directory): void {
    this.#current = directory;
    for (const listener of this.#listeners) listener(directory);
  }
}

/** A running source and what it has told. */
class RunningSource {
  readonly events: DomainEvent[] = [];
  readonly conditions: SourceCondition[] = [];
  /** `name outcome` of each message. */
  readonly counted: string[] = [];
  readonly #told = new EventEmitter();
  #ahead = 0;

  constructor(pbx: FakePbx, directory: GivenDirectory, more: Partial<PortsipSourceOptions> = {}) {
    const source = new PortsipSource({
      wsiUrl: pbx.wsiUrl,
      tlsInsecure: true,
      credentials: WILMA,
      tenants: [],
      rules: DEFAULT_RULES,
      directory,
      logger: noLogger,
      now: () => Date.now() + this.#ahead,
      observer: {
        eventIn: (_source, name, outcome) => {
          this.counted.push(`${name} ${outcome}`);
          this.#told.emit('told');
        },
        conditionChanged: (_source, _part, condition) => this.conditions.push(condition),
        watchTables: () => undefined,
      },
      ...more,
    });
    const stopping = new AbortController();
    const running = source.run(stopping.signal, (events) => {
      this.events.push(...events);
      this.#told.emit('told');
    });
    onTestFinished(async () => {
      stopping.abort();
      await running;
    });
  }

  /** The state of everything has come: what follows is news. */
  async isUpToDate(): Promise<void> {
    await this.hears('snapshot', 1);
    this.later();
  }

  /** A minute passes. */
  later(): void {
    this.#ahead += 60_000;
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(this.#told, 'told');
  }

  async hears(kind: DomainEvent['kind'], times: number): Promise<void> {
    await this.until(() => this.events.filter((event) => event.kind === kind).length >= times);
  }
}

function givenSource(
  pbx: FakePbx,
  extensions: readonly string[],
  more: Partial<PortsipSourceOptions> = {},
) {
  const directory = new GivenDirectory(directoryWith(pbx, extensions));
  return { directory, source: new RunningSource(pbx, directory, more) };
}

function directoryWith(pbx: FakePbx, extensions: readonly string[]): Directory {
  const file = directoryFileSchema.parse({
    organizations: [{ id: ORGANIZATION, name: 'Acme', portsip: { tenantId: pbx.tenant.id } }],
    users: extensions.map((extension) => ({
      id: `00000000-0000-4000-8000-000000000${extension}`,
      organizationId: ORGANIZATION,
      userName: `user${extension}`,
      displayName: `User ${extension}`,
      role: 'agent',
      portsip: { extension },
    })),
    queues: [],
    callLists: [],
  });
  return buildDirectory(file, new Map());
}
