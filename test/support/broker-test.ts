import { randomUUID } from 'node:crypto';
import { inject, vi } from 'vitest';
import { z } from 'zod';
import type { FakeWazo } from './fake-wazo/fake-wazo.js';
import { type TestHub, startTestHub } from './test-hub.js';
import { WazoBus } from './wazo-bus.js';

const readinessAnswer = z.object({ Reasons: z.array(z.string()) });

/** A hub that reads from a broker, and the bus to feed it. */
export interface HubOnBus {
  readonly hub: TestHub;
  readonly bus: WazoBus;
  stop(): Promise<void>;
}

/** URL of the tests' broker; empty when this machine has none, and tests with it are skipped. */
export const amqpUrl = inject('amqpUrl');

/** Settings with which changes show at once, on an exchange and a queue that no other test uses. */
export function wazoVariables(url: string): Record<string, string> {
  const id = randomUUID();
  return {
    WAZO_AMQP_URL: url,
    WAZO_EXCHANGE: `wazo-headers-${id}`,
    WAZO_QUEUE: `rte-hub-${id}`,
    RTE_QUEUE_STATUS_INTERVAL_MS: '10',
    RTE_USER_STATUS_INTERVAL_MS: '10',
  };
}

/** Has UserEvents that are asked for come round on the bus, as through Asterisk and wazo-amid. */
export function raiseUserEvents(wazo: FakeWazo, bus: Pick<WazoBus, 'publish'>): void {
  wazo.onUserEvent = (fields) =>
    bus.publish({ name: 'UserEvent', data: { Event: 'UserEvent', ...fields } });
}

export interface HubOnBusOptions {
  /** Settings beside the usual ones. */
  readonly changes?: Readonly<Record<string, string>>;
  /** The hub's clock, epoch ms. */
  readonly now?: (() => number) | undefined;
  /** Its REST services are the hub's. */
  readonly wazo?: FakeWazo;
  /** Whether to wait until the hub reads from its queue and has read the state; true unless told. */
  readonly isAwaited?: boolean;
}

/** Starts a hub on the tests' broker. */
export async function startHubOnBus({
  changes = {},
  now,
  wazo,
  isAwaited = true,
}: HubOnBusOptions = {}): Promise<HubOnBus> {
  const variables = { ...wazoVariables(amqpUrl), ...changes };
  const type = variables['WAZO_EXCHANGE_TYPE'] === 'topic' ? 'topic' : 'headers';
  const bus = await WazoBus.connect(amqpUrl, variables['WAZO_EXCHANGE'], type);
  if (wazo !== undefined) raiseUserEvents(wazo, bus);
  const hub = await startTestHub({ ...wazo?.variables, ...variables }, now);
  if (isAwaited) await untilReady(hub);
  return {
    hub,
    bus,
    async stop() {
      await hub.stop();
      await bus.close();
    },
  };
}

/** The answer of /healthz/ready. */
export async function readiness(
  hub: Pick<TestHub, 'url'>,
): Promise<{ status: number; reasons: readonly string[] }> {
  const response = await fetch(`${hub.url}/healthz/ready`);
  const { Reasons: reasons } = readinessAnswer.parse(await response.json());
  return { status: response.status, reasons };
}

/** Resolves when the hub says that it is ready. */
export async function untilReady(hub: Pick<TestHub, 'url'>): Promise<void> {
  await untilReadinessIs(hub, 200);
}

/** Resolves with the reasons as soon as /healthz/ready answers `status`. */
export async function untilReadinessIs(
  hub: Pick<TestHub, 'url'>,
  status: number,
): Promise<readonly string[]> {
  return vi.waitFor(
    async () => {
      const answer = await readiness(hub);
      if (answer.status !== status) throw new Error(JSON.stringify(answer));
      return answer.reasons;
    },
    { timeout: 30_000, interval: 50 },
  );
}
