import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type * as z from 'zod/mini';
import type { Rest } from '../../shell/rest.js';
import { RestError } from '../../shell/rest-error.js';

/** What is read again and again, as it was last. */
export interface Polled<Body> {
  /** Undefined until it was read once. */
  readonly body: Body | undefined;
  /** Why the last reading failed; what stands there is from before. */
  readonly problem: string | undefined;
}

const UNREAD = { body: undefined, problem: undefined } as const;

/** Calm enough to read in, soon enough to trust. */
const EVERY_MS = 5_000;

/** Reads something now and then, one reading after the other. */
class Poller<Body> {
  readonly #state: Signal<Polled<Body>>;
  readonly #read: () => Promise<Body>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  /** @param first what stands until it was read */
  constructor(read: () => Promise<Body>, first: Polled<Body>) {
    this.#state = signal(first);
    this.#read = read;
  }

  get state(): ReadonlySignal<Polled<Body>> {
    return this.#state;
  }

  /** Reads at once, and then again and again. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    // Nobody looks: the next time will do.
    if (!document.hidden) await this.#readOnce();
    if (this.#isStopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.run(), EVERY_MS);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #readOnce(): Promise<void> {
    try {
      const body = await this.#read();
      if (!this.#isStopped) this.#state.value = { body, problem: undefined };
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      this.#state.value = { ...this.#state.value, problem: error.message };
    }
  }
}

/**
 * Reads a path of the hub every few seconds for as long as it is shown. When the path is another, what
 * was read of the one before stands until there is something new.
 */
export function usePolled<Body>(
  rest: Pick<Rest, 'get'>,
  path: string,
  schema: z.ZodMiniType<Body>,
): Polled<Body> & { readonly refresh: () => void } {
  const last = useRef<Polled<Body>>(UNREAD);
  const poller = useMemo(
    () => new Poller(() => rest.get(path, schema), last.current),
    [rest, path, schema],
  );
  useEffect(() => {
    void poller.run();
    return () => poller.stop();
  }, [poller]);
  last.current = poller.state.value;
  return { ...last.current, refresh: () => void poller.run() };
}
