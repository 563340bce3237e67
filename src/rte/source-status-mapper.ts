import type { SourceState, SourceTrouble } from '../contact-center/index.js';
import type { Organization } from '../directory/types.js';
import { createRteEvent, type RteEvent } from './events/create-event.js';
import type { ReportedSource } from './source-status-feed.js';

const OLD = 'What is shown may be old.';
const ADMINISTRATOR = 'An administrator of the hub has to look at it.';

/**
 * What people are told of each trouble. Nothing else of it reaches clients: hosts, addresses and
 * texts of errors are for operators, in readiness and log.
 */
const PUBLIC_REASONS: Readonly<Record<SourceTrouble, string>> = {
  starting: `The telephony system has not been reached yet since the hub started. ${OLD}`,
  'connection-lost': `The telephony system can't be reached. ${OLD}`,
  'access-denied': `The telephony system does not let the hub in. ${OLD} ${ADMINISTRATOR}`,
  misconfigured: `The telephony system is not set up as the hub expects it. ${OLD} ${ADMINISTRATOR}`,
  'reading-state': `The state of the telephony system is being read. ${OLD}`,
  'state-unreadable': `The state of the telephony system can't be read. ${OLD}`,
  'state-old': `The state of the telephony system was last read too long ago. ${OLD}`,
  unanswered: `The telephony system takes part, but its events do not arrive. ${OLD}`,
  failed: `The connection to the telephony system has broken down. ${OLD} ${ADMINISTRATOR}`,
};

/** What people are told of a trouble; null while there is none. */
export function publicReason(trouble: SourceTrouble | null): string | null {
  return trouble === null ? null : PUBLIC_REASONS[trouble];
}

/** From good to bad. */
const STATES: readonly SourceState[] = ['up', 'stale', 'down'];

/**
 * The status of an organization's sources as its clients are told it. Of several equally bad ones
 * the first stands for all.
 * @param sources at least one
 * @param timestamp epoch ms of the message
 * @throws Error without a source
 */
export function mapSourceStatus(
  organization: Organization,
  sources: readonly ReportedSource[],
  timestamp: number,
): RteEvent<'SourceStatus'> {
  const worst = STATES.toReversed()
    .flatMap((state) => sources.find((source) => source.state === state) ?? [])
    .at(0);
  if (worst === undefined) throw new Error(`no source speaks for ${organization.id}`);
  const origin = { organizationId: organization.id, entityId: organization.id, timestamp };
  return createRteEvent('SourceStatus', origin, {
    ...fieldsOf(worst),
    sources: sources.map(fieldsOf),
  });
}

function fieldsOf({ name, state, trouble, since, lastEventAt }: ReportedSource) {
  return {
    sourceName: name,
    state,
    reason: publicReason(trouble),
    since: new Date(since).toISOString(),
    lastEvent: lastEventAt === undefined ? null : new Date(lastEventAt).toISOString(),
  };
}
