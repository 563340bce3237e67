import type { TestContext } from 'vitest';
import { afterAll, beforeAll, it } from 'vitest';
import { differences } from './differences.js';
import type { Target } from './target.js';
import { needProtocol } from './protocol-probe.js';
import { Missing, openTarget } from './target.js';

/** Long enough for the tests that wait for several time-outs of the brief hub. */
const SLOWEST_MS = 60_000;

type Behaviour = (target: Target) => Promise<void>;

let target: Target | Missing | undefined;

/**
 * Opens the target once for the test file that imports this; with `protocol`, all its tests are
 * skipped where the server does not speak that.
 */
export function useTarget({ protocol }: { readonly protocol?: string } = {}): void {
  beforeAll(async () => {
    try {
      target = await openTarget();
      if (protocol !== undefined) await needProtocol(target, protocol);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      target = error;
    }
  });
  afterAll(async () => {
    if (target !== undefined && !(target instanceof Missing)) await target.stop();
  });
}

/**
 * One of the hundred behaviours, by its number. It is skipped, with the reason, where the target
 * lacks what it needs or where its difference is written down. Runs beside others of its kind:
 * most of them wait for a time-out.
 */
export function behaviour(number: number, rule: string, test: Behaviour): void {
  // The test that is given has the expectations.
  // oxlint-disable-next-line vitest/expect-expect
  it.concurrent(`${number}: ${rule}`, { timeout: SLOWEST_MS }, (context) =>
    shown(`${number}: ${rule}`, test, context),
  );
}

/** The same against the main hub, one after the other. */
export function ofHub(number: number, rule: string, test: (hub: string) => Promise<void>): void {
  const onMainHub: Behaviour = async (one) => test(await one.hub('hub'));
  // oxlint-disable-next-line vitest/expect-expect
  it(`${number}: ${rule}`, { timeout: SLOWEST_MS }, (context) =>
    shown(`${number}: ${rule}`, onMainHub, context),
  );
}

async function shown(name: string, test: Behaviour, { skip }: TestContext): Promise<void> {
  if (target === undefined) throw new Error('Call useTarget() first.');
  if (target instanceof Missing) return skip(target.message);
  const reason = differences[target.kind]?.[name];
  if (reason !== undefined) skip(reason);
  try {
    await test(target);
  } catch (error) {
    if (error instanceof Missing) skip(error.message);
    throw error;
  }
}
