/*
 * What the fake Wazo has. Entities are kept in the form in which the services give them; a test
 * adds, changes and removes entries while the server runs.
 */

/** Any JSON object of an answer, so that tests can leave fields out or break them. */
export type Json = Readonly<Record<string, unknown>>;

/** Somebody who may log in to wazo-auth. */
export interface FakeLogin {
  readonly username: string;
  readonly password: string;
  /** wazo-auth's uuid, which is also the uuid of the confd user. */
  readonly uuid: string;
  readonly tenantUuid: string;
  readonly acl: readonly string[];
  readonly admin?: boolean;
}

export interface FakeToken {
  readonly token: string;
  readonly login: FakeLogin;
  readonly sessionUuid: string;
  /** Epoch ms. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** The services of the fake, as in the paths. */
export type FakeService = 'auth' | 'confd' | 'agentd' | 'calld' | 'chatd' | 'amid';

export const MASTER_TENANT = '99999999-0000-4000-8000-000000000001';

/** The user that hubs under test log in as. */
export const HUB_LOGIN: FakeLogin = {
  username: 'rte-hub',
  password: 'hub secret',
  uuid: '99999999-0000-4000-8000-0000000000a1',
  tenantUuid: MASTER_TENANT,
  acl: ['#'],
  admin: true,
};

/** The world that the services tell of. */
export class FakeWazoState {
  originUuid = 'cc5d0d76-687e-40a7-81cf-75e0540d1787';
  readonly logins: FakeLogin[] = [HUB_LOGIN];
  /** Seconds; what a login asks for counts when it asks. */
  tokenSeconds = 7200;
  readonly tokens = new Map<string, FakeToken>();
  /** The most tokens that lived at a time. */
  mostTokens = 0;
  /** Logins that succeeded. */
  tokensIssued = 0;

  /** GET auth/tenants. */
  tenants: Json[] = [];
  /** GET confd/queues, /agents, /users, /schedules. */
  queues: Json[] = [];
  agents: Json[] = [];
  users: Json[] = [];
  schedules: Json[] = [];
  /** GET agentd/agents. */
  agentStatuses: Json[] = [];
  /** GET calld/calls. */
  calls: Json[] = [];
  /** GET chatd/users/presences. */
  presences: Json[] = [];
  /** Rows that POST amid/action/NAME answers, by NAME; those of QueueStatus can be asked by queue. */
  readonly amiRows = new Map<string, Json[]>([
    ['QueueStatus', []],
    ['CoreShowChannels', []],
    ['CoreStatus', [{ CoreStartupDate: '2026-11-20', CoreStartupTime: '03:00:00' }]],
  ]);
  /** Services that answer 503, as they do while they initialise. */
  readonly starting = new Set<FakeService>();

  /** All tokens die at once, as after a restart of wazo-auth. */
  killTokens(): void {
    this.tokens.clear();
  }
}
