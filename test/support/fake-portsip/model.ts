/** Words of the PBX for what an account may do. */
export type Permission =
  'System Tenant: View Only' | 'User: View Only' | 'Users: View Only' | 'Analytics: View Only';

/** All that a tenant's administrator may. */
export const TENANT_ADMIN: readonly Permission[] = [
  'User: View Only',
  'Users: View Only',
  'Analytics: View Only',
];

export interface FakeExtension {
  readonly id: string;
  readonly number: string;
  readonly displayName: string;
  readonly username: string;
  /** Password of the user, for logging in by name. */
  readonly password: string;
  /** Password of the extension, for logging in by number. */
  readonly sipPassword: string;
  permissions: readonly Permission[];
  online: boolean;
  pushOnline: boolean;
  presence: string;
  presenceNote: string;
  callStatus: string;
}

export interface FakeAgent {
  state: string;
  sessionId: string;
  callerNumber: string;
  callerName: string;
  /** Unix seconds of the last change. */
  since: number;
}

export interface FakeCaller {
  readonly sessionId: string;
  readonly number: string;
  readonly name: string;
  /** Unix seconds. */
  readonly since: number;
  type: 'normal' | 'callback';
}

export interface FakeQueue {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly wrapUpSeconds: number;
  readonly slaSeconds: number;
  nightMode: boolean;
  readonly waiting: FakeCaller[];
  /** By extension number. */
  readonly agents: Map<string, FakeAgent>;
}

/** A call that has begun and not ended. */
export interface FakeCall {
  readonly sessionId: string;
  readonly direction: string;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly calleeNumber: string;
  /** Number of the queue that it came to; '' for a direct call, and once an agent has sent it on. */
  queueNumber: string;
  readonly startedAt: number;
  /** Extension that talks; '' while nobody does. */
  answeredBy: string;
  answeredAt: number;
}

export interface FakeTenant {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  /** By number. */
  readonly extensions: Map<string, FakeExtension>;
  /** By number. */
  readonly queues: Map<string, FakeQueue>;
  /** By session id. */
  readonly calls: Map<string, FakeCall>;
}

/** The PBX's own administrator. */
export interface FakeAdministrator {
  readonly username: string;
  readonly password: string;
  permissions: readonly Permission[];
}

/** Who logged in. */
export interface FakeAccount {
  /** Undefined for the PBX's administrator. */
  readonly tenant: FakeTenant | undefined;
  /** Whose permissions count, as they are when something is asked. */
  readonly holder: { readonly permissions: readonly Permission[] };
}

let lastId = 0;

/** An id of 18 digits, beyond what a JavaScript number holds exactly. */
export function freshId(): string {
  lastId += 1;
  return `5${String(lastId).padStart(17, '0')}`;
}

export function fakeExtension(
  number: string,
  displayName: string,
  more: Partial<FakeExtension> = {},
): FakeExtension {
  return {
    id: freshId(),
    number,
    displayName,
    username: displayName.toLowerCase(),
    password: `user-${number}`,
    sipPassword: `sip-${number}`,
    permissions: [],
    online: true,
    pushOnline: false,
    presence: 'ONLINE',
    presenceNote: '',
    callStatus: '',
    ...more,
  };
}

export function fakeQueue(
  number: string,
  name: string,
  agentNumbers: readonly string[],
): FakeQueue {
  const agents = agentNumbers.map((agent): [string, FakeAgent] => [agent, idleAgent('READY', 0)]);
  return {
    id: freshId(),
    number,
    name,
    wrapUpSeconds: 15,
    slaSeconds: 20,
    nightMode: false,
    waiting: [],
    agents: new Map(agents),
  };
}

export function idleAgent(state: string, since: number): FakeAgent {
  return { state, sessionId: '', callerNumber: '', callerName: '', since };
}

export function fakeTenant(
  name: string,
  domain: string,
  extensions: readonly FakeExtension[],
  queues: readonly FakeQueue[],
): FakeTenant {
  return {
    id: freshId(),
    name,
    domain,
    extensions: new Map(extensions.map((one) => [one.number, one])),
    queues: new Map(queues.map((one) => [one.number, one])),
    calls: new Map(),
  };
}

/** A small contact center: an administrator of the tenant, three agents, two queues. */
export function demoTenant(): FakeTenant {
  return fakeTenant(
    'Acme',
    'acme.example',
    [
      fakeExtension('200', 'Wilma', { permissions: TENANT_ADMIN }),
      fakeExtension('201', 'Mara'),
      fakeExtension('202', 'Noor'),
      fakeExtension('203', 'Otis'),
    ],
    [fakeQueue('600', 'Support', ['201', '202', '203']), fakeQueue('601', 'Sales', ['202', '203'])],
  );
}
