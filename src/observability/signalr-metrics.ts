import type { Instruments } from './instruments.js';
import { limitLabels } from './label-limit.js';

/** Events, hub methods and reasons come from code; the bound is there for slips. */
const MAX_LABELS = 100;

/** What the SignalR server counts, in the form of its metrics interface. */
export function signalrMetrics(figures: Instruments) {
  const label = limitLabels(MAX_LABELS);
  return {
    negotiated: () => figures.negotiations.inc(),
    requestRefused(status: number, reason: string): void {
      figures.requestsRefused.inc({ status: String(status), reason: label(reason) });
    },
    connectionOpened(transport: string): void {
      figures.connections.inc({ transport: label(transport) });
    },
    connectionClosed(transport: string, reason: string): void {
      figures.connections.dec({ transport: label(transport) });
      figures.connectionsClosed.inc({ reason: label(reason) });
    },
    messageReceived(kind: string): void {
      figures.messagesIn.inc({ kind: label(kind) });
    },
    invocationCompleted(method: string, outcome: string, milliseconds: number): void {
      figures.invocations.observe({ method: label(method), outcome }, milliseconds / 1000);
    },
    messageRefused: () => figures.messagesRefused.inc(),
    messagesSent(event: string, count: number): void {
      figures.messagesOut.inc({ event: label(event) }, count);
    },
    messagesDropped(_event: string, cause: string, count: number): void {
      if (cause === 'conflated') figures.messagesConflated.inc(count);
      else figures.messagesDropped.inc({ reason: label(cause) }, count);
    },
    deliveriesWaited(counts: ArrayLike<number>, totalMs: number): void {
      figures.deliveryWaits.tally(counts, totalMs / 1000);
    },
    bytesSent: (bytes: number) => figures.outboundBytes.inc(bytes),
    valueEncoded(_event: string, protocol: string): void {
      figures.messagesEncoded.inc({ protocol: label(protocol) });
    },
  };
}
