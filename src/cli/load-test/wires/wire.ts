/** Carries bytes between a load test's connection and the hub. */
export interface Wire {
  /** Sends whole hub messages. */
  send(payload: Uint8Array): void;
  /** Ends it, also for the second time. Resolves when the hub knows; the listener is told nothing more. */
  close(): Promise<void>;
}

/** Told what comes. */
export interface WireListener {
  received(chunk: Uint8Array): void;
  /** Told once, last. @param failure in few words; undefined for an end without one */
  closed(failure: string | undefined): void;
}

/** Where to, and with which rights. */
export interface WireTarget {
  /** Of the hub, with the connection token in `id`. */
  readonly url: URL;
  /** With the bearer token: in a header, where proxies do not log it. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether hub messages are binary. */
  readonly isBinary: boolean;
  readonly listener: WireListener;
}
