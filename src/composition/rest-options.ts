import type { Settings } from '../config/index.js';
import type { CallbackOperations } from '../callbacks/index.js';
import type { ChosenAvailabilities } from './chosen-availabilities.js';
import type { CallbackRequest, DomainEvent } from '../contact-center/index.js';
import type { DirectoryHolder, User } from '../directory/types.js';
import type { RestOptions } from '../http/index.js';
import type { Authenticator, TokenTerms } from '../identity/index.js';
import type { Metrics } from '../observability/index.js';
import type { AccessAudit } from '../rte/access-audit.js';
import type { Caller } from '../rte/access-policy.js';
import { AccessRules } from '../rte/access-rules.js';
import { asyncApiDocument } from '../rte/async-api-document.js';
import { AvailabilityChanges } from '../rte/availability-changes.js';
import { mapCallbackChanged } from '../rte/callback-mapper.js';
import type { CurrentStates } from '../rte/current-states.js';
import { EntityReader } from '../rte/entity-reader.js';
import {
  eventCatalogue,
  eventNames,
  extensionEventNames,
  findEventName,
} from '../rte/events/event-catalogue.js';
import { eventJsonSchema } from '../rte/events/event-json-schema.js';
import type { QueueHistory } from '../rte/queue-history.js';

/** What the REST interface is made of. */
export interface RestParts {
  readonly settings: Pick<Settings, 'http'>;
  readonly authenticator: Authenticator<User>;
  readonly metrics: Pick<Metrics, 'login'>;
  readonly audit: Pick<AccessAudit, 'refused'>;
  readonly directory: DirectoryHolder;
  /** States as they are when they are asked for. */
  readonly states: CurrentStates;
  /** The last hour of each queue. */
  readonly history: Pick<QueueHistory, 'hour'>;
  readonly callbacks: CallbackOperations;
  /** What administrators are told. */
  readonly administration: RestOptions['administration'];
  /** Keeps what users set. */
  readonly chosen: Pick<ChosenAvailabilities, 'keep'>;
  /** Takes the hub's own events as it takes those of sources. */
  readonly sink: (events: readonly DomainEvent[]) => void;
  /** Epoch ms. */
  readonly now: () => number;
}

/** Connects the REST interface with the projections, the catalogue and the access policy. */
export function createRestOptions(parts: RestParts): RestOptions {
  const { settings, authenticator, metrics, audit, directory, states } = parts;
  const { history, callbacks, administration, chosen, sink, now } = parts;
  const rights = { directory, states, history, audit };
  return {
    ...settings.http,
    authenticator,
    metrics,
    callerOf,
    reads: new EntityReader(rights),
    callbacks,
    callbackData,
    administration,
    availabilities: new AvailabilityChanges({
      ...rights,
      sink,
      keep: (change) => chosen.keep(change),
      now,
    }),
    catalogue: restCatalogue,
    asyncApi: asyncApiDocument,
    directory: () => directory.current,
    now,
  };
}

/** A request as CallbackChanged has it; its time is that of the last change. */
function callbackData(request: CallbackRequest) {
  const { id: eventId, modified: timestamp } = request;
  return mapCallbackChanged({ request, created: false, eventId, timestamp }).data;
}

/** Who came with access rules, or with a role, has them here as on a connection. */
function callerOf(
  { id, organizationId, role: usual }: User,
  { access, role }: TokenTerms,
  address: string,
): ReturnType<RestOptions['callerOf']> & Caller {
  const given = role === undefined ? {} : { loginRole: role };
  const isAdministrator = (role ?? usual) === 'admin';
  const caller = { id, organizationId, ...given, isAdministrator, address };
  if (access === undefined) return caller;
  const { acl, me, session } = access;
  return { ...caller, access: new AccessRules({ acl, me, session: session?.id }) };
}

const events = [...eventNames, ...extensionEventNames].map((name) => {
  const { entityType, kind, ttlSeconds } = eventCatalogue[name];
  const isExtension = extensionEventNames.includes(name);
  return { name, entityType, kind, ttlSeconds, isExtension, schema: eventJsonSchema(name) };
});

/** The event catalogue as the REST interface shows it. */
export const restCatalogue = {
  events,
  find(text: string) {
    const name = findEventName(text);
    return events.find((entry) => entry.name === name);
  },
};
