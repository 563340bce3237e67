import { vi } from 'vitest';
import type { RetryClock } from '../../../../src/sources/wazo/rest/retry.js';
import { WazoRestError } from '../../../../src/sources/wazo/rest/rest-error.js';
import { WazoRest, type WazoRestOptions } from '../../../../src/sources/wazo/rest/wazo-rest.js';
import type { SourceLogger } from '../../../../src/sources/source.js';
import type { FakeWazo } from '../../../support/fake-wazo/fake-wazo.js';
import { HUB_LOGIN } from '../../../support/fake-wazo/state.js';

/** A client of the fake, with what it waited and told. */
export interface RestUnderTest {
  readonly rest: WazoRest;
  /** Milliseconds waited between tries. */
  readonly waits: number[];
  /** How each try ended, as `confd ok`. */
  readonly outcomes: string[];
  readonly logger: { readonly debug: ReturnType<typeof vi.fn<SourceLogger['debug']>> };
  /** The client's clock, epoch ms. */
  time: number;
}

/** Makes a client whose waits pass at once. */
export function restOf(fake: FakeWazo, changes: Partial<WazoRestOptions> = {}): RestUnderTest {
  const waits: number[] = [];
  const outcomes: string[] = [];
  const clock: RetryClock = {
    wait(milliseconds, signal) {
      signal.throwIfAborted();
      waits.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 0,
  };
  const logger = {
    debug: vi.fn<SourceLogger['debug']>(),
    info: vi.fn<SourceLogger['info']>(),
    warn: vi.fn<SourceLogger['warn']>(),
    error: vi.fn<SourceLogger['error']>(),
  };
  const under: RestUnderTest = {
    waits,
    outcomes,
    logger,
    time: Date.now(),
    rest: new WazoRest({
      url: fake.url,
      username: HUB_LOGIN.username,
      password: HUB_LOGIN.password,
      tlsInsecure: false,
      logger,
      now: () => under.time,
      clock,
      onCall: (service, outcome) => outcomes.push(`${service} ${outcome}`),
      ...changes,
    }),
  };
  return under;
}

/** The error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<WazoRestError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof WazoRestError) return error;
  throw new Error('the call did not fail as calls to Wazo do', { cause: error });
}
