import { signal, type ReadonlySignal } from '@preact/signals';

const SECOND_MS = 1000;

/** The hub's time, as the one tick a second of the whole page. */
export class HubClock {
  readonly #tick;
  readonly #hubNow: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param hubNow the hub's time in epoch ms, as well as it is known */
  constructor(hubNow: () => number) {
    this.#hubNow = hubNow;
    this.#tick = signal(hubNow());
  }

  /** The hub's time in epoch ms; changes once a second while the clock runs. */
  get now(): ReadonlySignal<number> {
    return this.#tick;
  }

  /** Ticks on the full seconds of the hub, so that all durations change together. */
  start(): void {
    this.stop();
    const now = this.#hubNow();
    this.#tick.value = now;
    this.#timer = setTimeout(() => this.start(), SECOND_MS - (now % SECOND_MS));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
