import type { FakeService } from './state.js';

/** What goes wrong with an answer. */
export type Misbehaviour =
  /** Another status, with a body that is no JSON. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  /** 200 with text that is no JSON, or not of the service. */
  | { readonly kind: 'garbage'; readonly body: string }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut' }
  /** No answer ever. */
  | { readonly kind: 'hang' }
  /** The right answer, later. */
  | { readonly kind: 'delay'; readonly until: Promise<unknown> };

/** A fault and the requests it strikes. */
export interface Fault {
  readonly service?: FakeService;
  /** First part of the path below the version, as `queues`. */
  readonly resource?: string;
  /** How many requests; all when left out. */
  readonly times?: number;
  readonly misbehaviour: Misbehaviour;
}

/** The faults in force: the first that fits strikes. */
export class Faults {
  #faults: { readonly fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.#faults = [];
  }

  /** What goes wrong with this request. */
  strike(service: FakeService, resource: string | undefined): Misbehaviour | undefined {
    const found = this.#faults.find(
      ({ fault, left }) =>
        left > 0 &&
        (fault.service ?? service) === service &&
        (fault.resource ?? resource) === resource,
    );
    if (found === undefined) return undefined;
    found.left -= 1;
    return found.fault.misbehaviour;
  }
}
