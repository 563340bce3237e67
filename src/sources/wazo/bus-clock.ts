import type { BusEnvelope } from './bus-envelope.js';

const MINUTE_MS = 60_000;

/** No zone's time is put forward or back by less. */
const ZONE_STEP_MS = 30 * MINUTE_MS;

/**
 * Says when messages that waited were sent. Wazo's services stamp them with their local time and no
 * zone, so the stamp alone says nothing; but how it differs from the hub's clock shows when a marker
 * comes back that was sent just now. Before the first one Wazo is taken to live in the hub's zone.
 */
export class BusClock {
  /** From a stamp to the hub's clock, milliseconds. */
  #offsetMs: number | undefined;
  #isBehind = false;
  readonly #zoneMs: (stampMs: number) => number;

  /** @param zoneMs from a local time to UTC where the hub is; by the hub's time zone unless told */
  constructor(zoneMs = zoneOfHub) {
    this.#zoneMs = zoneMs;
  }

  /** The messages that come from now on may have waited. */
  fellBehind(): void {
    this.#isBehind = true;
  }

  /**
   * A message came round that was sent just now, so no older ones are to come.
   * @param stampMs its stamp, undefined when it has none or none came
   * @param now epoch ms
   */
  caughtUp(stampMs: number | undefined, now: number): void {
    this.#isBehind = false;
    if (stampMs !== undefined) this.#offsetMs = now - stampMs;
  }

  /**
   * How long a message was on its way, milliseconds; undefined as long as nothing has shown how
   * Wazo's clock differs from the hub's, for messages without a stamp, and when it looks like half an
   * hour or more though none waits: then the clocks were put forward or back.
   */
  delayOf(
    { timestampMs }: Pick<BusEnvelope, 'timestampMs'>,
    receivedAt: number,
  ): number | undefined {
    if (timestampMs === undefined || this.#offsetMs === undefined) return undefined;
    const delay = Math.max(0, receivedAt - (timestampMs + this.#offsetMs));
    return !this.#isBehind && delay >= ZONE_STEP_MS ? undefined : delay;
  }

  /**
   * When a message would have been received had it not waited, epoch ms. While none waits that is
   * when it was: an hour that the clocks are put back must not look like an hour of waiting.
   */
  sentAt({ timestampMs }: Pick<BusEnvelope, 'timestampMs'>, receivedAt: number): number {
    if (!this.#isBehind || timestampMs === undefined) return receivedAt;
    return Math.min(timestampMs + (this.#offsetMs ?? this.#zoneMs(timestampMs)), receivedAt);
  }
}

function zoneOfHub(stampMs: number): number {
  return new Date(stampMs).getTimezoneOffset() * MINUTE_MS;
}
