import type { CallbackOperations } from '../../callbacks/index.js';
import type { CallList, Directory, Queue, User } from '../../directory/types.js';
import type { Authenticator, TokenTerms } from '../../identity/index.js';
import type { Metrics } from '../../observability/index.js';
import type { Administration } from './administration/administration.js';

/** Who asks, and what narrows what they may. */
export interface RestCaller {
  readonly id: string;
  readonly organizationId: string;
  /** The access rules that they came with, where they came with any. */
  readonly access?: { permits(access: string): boolean };
  /** Whether they look after the whole organization, by the directory or by their login. */
  readonly isAdministrator: boolean;
  /** Where they ask from. */
  readonly address: string;
}

/** The data of an event, by its fields' names in camelCase. */
export type EventData = Readonly<Record<string, unknown>>;

/** The data of QueueStatus, as far as it has to be known here. */
export interface QueueStatusData {
  readonly openStatus: number;
  readonly maxWaitTime: number;
  readonly nbrOfQueuingRequesters: number;
  readonly nbrOfConnected: number;
  readonly nbrOfAgentsOnWrapUp: number;
  readonly nbrOfAgentsImmediatelyFree: number;
  readonly nbrOfServingAgentsEstimate: number;
}

/** The last hour of a queue, minute by minute. */
export interface QueueHour {
  readonly queueId: string;
  /** When the first minute began, epoch ms. */
  readonly from: number;
  /** The oldest first, the last one is not over yet; null where not all of it was heard. */
  readonly minutes: readonly (MinuteFigures | null)[];
}

/** The greatest of some figures of QueueStatus in a minute. */
interface MinuteFigures {
  /** nbrOfNotServedRequesters. */
  readonly waiting: number;
  /** maxWaitTime, seconds. */
  readonly longestWait: number;
}

/** The availability of a user, in the fields of UserAvailability. */
export interface Availability {
  /** Names what was set in the hub; null for nothing. */
  readonly availabilityId: string | null;
  readonly data: {
    readonly userId: string;
    readonly availability: AvailabilityName | null;
    readonly note: string | null;
    readonly eventSource: string | null;
    /** ISO 8601, UTC. */
    readonly startTime: string;
    readonly endTime: string;
    readonly transferNumber: string | null;
  };
}

/** RTE's words for availabilities. */
export type AvailabilityName = 'Available' | 'Busy' | 'DoNotDisturb' | 'OffWork' | 'BRB' | 'Away';

/**
 * What a caller may read. Ids are lower-case guids, lists are in the order of the ids; what does
 * not exist and what the caller may not see is undefined alike.
 */
export interface EntityReads {
  users(caller: RestCaller): readonly User[];
  user(caller: RestCaller, id: string): User | undefined;
  queues(caller: RestCaller): readonly Queue[];
  queue(caller: RestCaller, id: string): Queue | undefined;
  callLists(caller: RestCaller): readonly CallList[];
  callList(caller: RestCaller, id: string): CallList | undefined;
  /** Ids of the queues that the user belongs to. */
  queuesOf(caller: RestCaller, userId: string): ReadonlySet<string>;
  userStatus(caller: RestCaller, id: string): EventData | undefined;
  userAvailability(caller: RestCaller, id: string): Availability | undefined;
  queueStatus(caller: RestCaller, id: string): QueueStatusData | undefined;
  queueHour(caller: RestCaller, id: string): QueueHour | undefined;
  queueHours(caller: RestCaller): readonly QueueHour[];
  /** Whether the caller may read the requests of the list. */
  mayReadCallbacks(caller: RestCaller, callListId: string): boolean;
  /** Why the caller may not work on the requests of the list; undefined when they may. */
  callbackRefusal(caller: RestCaller, callListId: string): 'not-found' | 'forbidden' | undefined;
}

/** A request of a call list. */
export type CallbackRequest = NonNullable<Awaited<ReturnType<CallbackOperations['find']>>>;

/** An availability as somebody sets it, from now on. */
export interface ChosenAvailability {
  readonly availability: AvailabilityName;
  readonly note: string;
  /** Which client sets it. */
  readonly eventSource: string;
  /** When it ends by itself, epoch ms; null until further notice. */
  readonly until: number | null;
}

/** What became of a change of an availability. */
export type AvailabilityOutcome =
  | { readonly kind: 'done'; readonly current: Availability }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'forbidden' };

/** Sets and ends availabilities, where the caller may. */
export interface AvailabilityWrites {
  set(caller: RestCaller, userId: string, chosen: ChosenAvailability): Promise<AvailabilityOutcome>;
  end(caller: RestCaller, userId: string, availabilityId: string): Promise<AvailabilityOutcome>;
}

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** An event of the catalogue. */
export interface CatalogueEntry {
  readonly name: string;
  readonly entityType: string;
  readonly kind: string;
  readonly ttlSeconds: number;
  readonly isExtension: boolean;
  /** Of what a message carries as `data`. */
  readonly schema: JsonSchema;
}

/** The events that clients can subscribe to. */
export interface EventCatalogue {
  readonly events: readonly CatalogueEntry[];
  /** By its name in any letter case. */
  find(name: string): CatalogueEntry | undefined;
}

/** The documents about the hub. */
export interface Documents {
  /** OpenAPI, of these paths. */
  openApi(): JsonSchema;
  /** AsyncAPI, of the hub itself. */
  asyncApi(): JsonSchema;
  /** HTML for people. */
  page(): string;
}

/** What the paths are served from. */
export interface RestServices {
  readonly reads: EntityReads;
  readonly availabilities: AvailabilityWrites;
  readonly callbacks: CallbackOperations;
  /** The request in the fields of CallbackChanged. */
  readonly callbackData: (request: CallbackRequest) => EventData;
  readonly catalogue: EventCatalogue;
  readonly documents: Documents;
  /** What administrators are told. */
  readonly administration: Administration;
  /** The directory in force, asked for at each request. */
  readonly directory: () => Directory;
  /** Epoch ms. */
  readonly now: () => number;
}

/** What serving needs besides. */
export interface RestOptions extends Omit<RestServices, 'documents'> {
  /** The AsyncAPI document of the hub. */
  readonly asyncApi: () => JsonSchema;
  readonly authenticator: Authenticator<User>;
  readonly metrics: Pick<Metrics, 'login'>;
  /** Base of the URLs handed out, without trailing slash; undefined takes the request's host. */
  readonly publicUrl: string | undefined;
  /** Whom the policy is asked about, once somebody has logged in. */
  callerOf(user: User, terms: TokenTerms, address: string): RestCaller;
}
