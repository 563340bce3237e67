import { Buffer } from 'node:buffer';
import type { TransferFormat } from '../../../src/signalr/protocol/hub-protocol.js';
import type {
  Transport,
  TransportListener,
} from '../../../src/signalr/connections/transports/transport.js';
import type { SignalRLogger, SignalRMetrics } from '../../../src/signalr/index.js';
import { noMetrics } from '../../../src/signalr/index.js';

/** A transport whose network the test plays: it takes bytes, refuses them, or breaks. */
export class FakeTransport implements Transport {
  readonly name = 'WebSockets';
  readonly formats: readonly TransferFormat[] = ['text', 'binary'];
  inherentKeepAlive = false;
  writable = true;
  /** Whether each write is as much as the peer takes at once. */
  isFullAfterWrite = false;
  heldBytes = 0;
  paused = false;
  closeCode: number | undefined;
  terminated = false;
  readonly written: string[] = [];
  /** What was written in binary frames. */
  readonly binary: Buffer[] = [];
  listener: TransportListener | undefined;

  get congested(): boolean {
    return !this.writable;
  }

  write(payload: Uint8Array, format?: TransferFormat): void {
    this.written.push(Buffer.from(payload).toString());
    if (this.isFullAfterWrite) this.writable = false;
    if (format === 'binary') this.binary.push(Buffer.from(payload));
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  close(code: number): void {
    this.closeCode ??= code;
  }

  terminate(): void {
    this.terminated = true;
    this.listener?.closed(new Error('terminated'));
  }

  /** The peer stops taking bytes. */
  block(): void {
    this.writable = false;
  }

  unblock(): void {
    this.writable = true;
    this.listener?.drained();
  }
}

export const silentLogger: SignalRLogger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/** Remembers every metrics call as "name label…". */
export function recordingMetrics(): { metrics: SignalRMetrics; calls: string[] } {
  const calls: string[] = [];
  const record =
    (name: string) =>
    (...labels: unknown[]): void => {
      calls.push([name, ...labels].join(' '));
    };
  const metrics: SignalRMetrics = {
    ...noMetrics,
    messagesSent: record('sent'),
    messagesDropped: record('dropped'),
    connectionClosed: record('closed'),
    valueEncoded: record('encoded'),
    messageRefused: record('refused'),
  };
  return { metrics, calls };
}

/** Lets everything run that is due without time passing: promises, then the flush. */
export function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => setImmediate(resolve));
  });
}
