import { onTestFinished, vi } from 'vitest';
import {
  PortsipRest,
  type PortsipRestOptions,
} from '../../../../../src/sources/portsip/rest/portsip-rest.js';
import { PortsipRestError } from '../../../../../src/sources/portsip/rest/rest-error.js';
import type { TenantRest } from '../../../../../src/sources/portsip/rest/tenant-rest.js';
import type { SourceLogger } from '../../../../../src/sources/source.js';
import { FakePbx, type FakePbxOptions } from '../../../../support/fake-portsip/fake-pbx.js';
import { ManualTimers } from '../../../../support/manual-timers.js';

/** A fake PBX and a client of its REST API; both have a clock that stands. */
export interface RestUnderTest {
  readonly pbx: FakePbx;
  readonly timers: ManualTimers;
  readonly rest: PortsipRest;
  /** How each call ended. */
  readonly outcomes: string[];
  readonly debug: ReturnType<typeof vi.fn<SourceLogger['debug']>>;
}

export async function givenRest(
  changes: Partial<PortsipRestOptions> = {},
  pbxOptions: FakePbxOptions = {},
): Promise<RestUnderTest> {
  const timers = new ManualTimers();
  const pbx = await FakePbx.start({ now: timers.now, ...pbxOptions });
  onTestFinished(() => pbx.stop());
  const outcomes: string[] = [];
  const debug = vi.fn<SourceLogger['debug']>();
  const rest = new PortsipRest({
    url: pbx.apiUrl,
    tlsInsecure: true,
    credentials: {
      kind: 'user',
      username: 'wilma',
      password: 'user-200',
      domain: 'acme.example',
    },
    tenants: [],
    logger: { debug, info: () => undefined, warn: () => undefined, error: () => undefined },
    now: timers.now,
    onCall: (outcome) => outcomes.push(outcome),
    ...changes,
  });
  onTestFinished(() => rest.close());
  return { pbx, timers, rest, outcomes, debug };
}

/** The only tenant that the client sees. */
export async function onlyTenant({ rest }: Pick<RestUnderTest, 'rest'>): Promise<TenantRest> {
  const { tenants } = await rest.tenants();
  const [tenant, ...others] = tenants;
  if (tenant === undefined || others.length > 0) {
    throw new Error(`the client sees ${tenants.length} tenants`);
  }
  return rest.of(tenant);
}

/** The error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<PortsipRestError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PortsipRestError) return error;
  throw new Error('the call did not fail as calls to a PBX do', { cause: error });
}
