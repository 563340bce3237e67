import type { Instruments } from './instruments.js';
import { limitLabels } from './label-limit.js';

/** Of each label. Events, hub methods and reasons come from code; the bound is there for slips. */
const MAX_VALUES = 100;

/** What the SignalR server counts, in the form of its metrics interface. */
export function signalrMetrics(figures: Instruments) {
  const transportLabel = limitLabels(MAX_VALUES);
  const refusalLabel = limitLabels(MAX_VALUES);
  const closeLabel = limitLabels(MAX_VALUES);
  const kindLabel = limitLabels(MAX_VALUES);
  const methodLabel = limitLabels(MAX_VALUES);
  const eventLabel = limitLabels(MAX_VALUES);
  const causeLabel = limitLabels(MAX_VALUES);
  const protocolLabel = limitLabels(MAX_VALUES);
  return {
    negotiated: () => figures.negotiations.inc(),
    requestRefused(status: number, reason: string): void {
      figures.requestsRefused.inc({ status: String(status), reason: refusalLabel(reason) });
    },
    connectionOpened(transport: string): void {
      figures.connections.inc({ transport: transportLabel(transport) });
    },
    connectionClosed(transport: string, reason: string): void {
      figures.connections.dec({ transport: transportLabel(transport) });
      figures.connectionsClosed.inc({ reason: closeLabel(reason) });
    },
    messageReceived(kind: string): void {
      figures.messagesIn.inc({ kind: kindLabel(kind) });
    },
    invocationCompleted(method: string, outcome: string, milliseconds: number): void {
      figures.invocations.observe({ method: methodLabel(method), outcome }, milliseconds / 1000);
    },
    messageRefused: () => figures.messagesRefused.inc(),
    messagesSent(event: string, count: number): void {
      figures.messagesOut.inc({ event: eventLabel(event) }, count);
    },
    messagesDropped(_event: string, cause: string, count: number): void {
      if (cause === 'conflated') figures.messagesConflated.inc(count);
      else figures.messagesDropped.inc({ reason: causeLabel(cause) }, count);
    },
    deliveriesWaited(counts: ArrayLike<number>, totalMs: number): void {
      figures.deliveryWaits.tally(counts, totalMs / 1000);
    },
    bytesSent: (bytes: number) => figures.outboundBytes.inc(bytes),
    valueEncoded(_event: string, protocol: string): void {
      figures.messagesEncoded.inc({ protocol: protocolLabel(protocol) });
    },
  };
}
