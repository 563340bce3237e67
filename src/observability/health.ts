/** Whether the hub should get traffic, and if not, why. */
export interface Readiness {
  readonly ready: boolean;
  /** `component: reason` for each that is not ready; `draining` while the hub stops. */
  readonly reasons: readonly string[];
}

/** Says of one part of the hub whether it is ready. */
export interface HealthComponent {
  up(): void;
  /** @param reason for operators, without secrets */
  down(reason: string): void;
}

/** A part as it is now. */
export interface ComponentState {
  readonly name: string;
  readonly ready: boolean;
}

/**
 * Gathers the state of the parts that must work for the hub to be useful. Readiness fails fast and
 * comes back by itself; liveness is no business of this class: a process that answers is alive, and
 * restarting it because a broker is away would only add a reconnect storm.
 */
export class HealthRegistry {
  /** Reasons by component, undefined while it is ready; as many as there are components in code. */
  readonly #reasons = new Map<string, string | undefined>();
  #draining = false;

  /** Adds a part; it is not ready until it says so. */
  component(name: string): HealthComponent {
    this.#reasons.set(name, 'not started yet');
    return {
      up: () => void this.#reasons.set(name, undefined),
      down: (reason) => void this.#reasons.set(name, reason),
    };
  }

  /** From now on the hub is not ready, whatever its parts say. */
  startDraining(): void {
    this.#draining = true;
  }

  /** Every part, in the order in which they were added. */
  components(): readonly ComponentState[] {
    return Array.from(this.#reasons, ([name, reason]) => ({ name, ready: reason === undefined }));
  }

  readiness(): Readiness {
    const reasons = [...this.#reasons].flatMap(([name, reason]) =>
      reason === undefined ? [] : [`${name}: ${reason}`],
    );
    if (this.#draining) reasons.push('draining');
    return { ready: reasons.length === 0, reasons };
  }
}
