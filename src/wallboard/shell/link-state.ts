import type { ClientStatus } from '../../client/index.js';
import type { RteEventData } from '../../rte/events/event-catalogue.js';

/** Whether what the page shows can be trusted, and if not, why. Times are the hub's, epoch ms. */
export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly since: number }
  | {
      readonly kind: 'reconnecting';
      readonly since: number;
      readonly attempt: number;
      /** Past while that attempt is under way. */
      readonly nextAttemptAt: number;
    }
  /** The hub is there, but a telephony system that it hears from may not be. */
  | {
      readonly kind: 'stale' | 'down';
      readonly sourceName: string;
      readonly reason: string | undefined;
      readonly since: number;
      readonly lastEvent: number | undefined;
    }
  /** For good: logged out, or stopped. */
  | { readonly kind: 'ended' };

/**
 * Puts the connection to the hub and the state of its sources together. What the hub said of its
 * sources holds only while it can be heard.
 * @param hubAheadMs how far the hub's clock is ahead of the browser's, by which the client counts
 * @param sources the newest SourceStatus of the organization; undefined when the hub has told none
 */
export function linkState(
  status: ClientStatus,
  hubAheadMs: number,
  sources: RteEventData<'SourceStatus'> | undefined,
): LinkState {
  switch (status.state) {
    case 'connecting':
      return { kind: 'connecting' };
    case 'connected':
      return sourceTrouble(sources) ?? { kind: 'live', since: status.since + hubAheadMs };
    case 'reconnecting': {
      const { since, attempt, nextAttemptAt } = status;
      return {
        kind: 'reconnecting',
        since: since + hubAheadMs,
        attempt,
        nextAttemptAt: nextAttemptAt + hubAheadMs,
      };
    }
    case 'refused':
    case 'stopped':
      return { kind: 'ended' };
  }
}

/** Whether figures are as the telephony system has them now. */
export function isTrusted(link: LinkState): boolean {
  return link.kind === 'live';
}

function sourceTrouble(sources: RteEventData<'SourceStatus'> | undefined): LinkState | undefined {
  if (sources === undefined || sources.state === 'up') return undefined;
  const { state: kind, sourceName, reason, since, lastEvent } = sources;
  return {
    kind,
    sourceName: sourceName ?? '',
    reason: reason ?? undefined,
    since: Date.parse(since),
    lastEvent: lastEvent === null ? undefined : Date.parse(lastEvent),
  };
}
