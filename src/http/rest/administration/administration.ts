/** A connection to the hub. Times are epoch ms. */
export interface AdminConnection {
  readonly connectionId: string;
  readonly userId: string;
  /** Null for who is not in the directory any more. */
  readonly userName: string | null;
  readonly displayName: string;
  readonly role: 'agent' | 'supervisor' | 'admin';
  readonly transport: 'WebSockets' | 'ServerSentEvents' | 'LongPolling';
  readonly protocol: string;
  readonly protocolVersion: number;
  readonly isStateful: boolean;
  readonly connectedAt: number;
  readonly lastReceivedAt: number;
  readonly remoteAddress: string;
  readonly userAgent: string | undefined;
  readonly outboundBytes: number;
  readonly outboundMessages: number;
  readonly messagesSent: number;
  readonly messagesDropped: number;
  readonly messagesConflated: number;
  /** How many. */
  readonly subscriptions: number;
}

/** By what connections can be put in order. */
type ConnectionOrder =
  | 'userName'
  | 'connectedAt'
  | 'lastReceivedAt'
  | 'outboundBytes'
  | 'messagesSent'
  | 'subscriptions';

/** Which connections are asked for. */
export interface ConnectionQuery {
  /** '' for all. */
  readonly search: string;
  readonly order: ConnectionOrder;
  readonly isDescending: boolean;
  readonly limit: number;
}

/** What a connection is subscribed to; `*` stands for all entities, and ends a pattern of events. */
interface AdminSubscription {
  readonly entityId: string;
  readonly entityType: string;
  readonly eventType: string;
}

/** The connections of an organization; those of others are as if they were not there. */
interface AdminConnections {
  page(
    organizationId: string,
    query: ConnectionQuery,
  ): Promise<{
    readonly total: number;
    readonly matching: number;
    readonly connections: readonly AdminConnection[];
  }>;
  find(
    organizationId: string,
    connectionId: string,
  ):
    | { readonly row: AdminConnection; readonly subscriptions: readonly AdminSubscription[] }
    | undefined;
  /** @returns whether it was there */
  close(organizationId: string, connectionId: string, allowReconnect: boolean): boolean;
}

/** A source of events. Times are epoch ms; what is not told is null. */
export interface AdminSource {
  readonly name: string;
  readonly state: 'up' | 'stale' | 'down';
  readonly since: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly lastEventAt: number | null;
  readonly delays: {
    readonly events: number;
    readonly median: number;
    readonly p95: number;
    readonly max: number;
  } | null;
  readonly reconnects: number;
  readonly lastError: {
    readonly at: number;
    readonly part: string;
    readonly reason: string | null;
    readonly detail: string | null;
  } | null;
  readonly isShared: boolean;
  readonly eventsPerSecond: number | null;
  readonly outcomes: Readonly<Record<string, number>> | null;
}

/** Something that was refused, once or more often. Times are epoch ms. */
export interface AdminRefusal {
  readonly kind: 'login' | 'connect' | 'subscribe' | 'read' | 'change' | 'administration';
  readonly reason: string;
  readonly detail: string;
  readonly userId: string | null;
  readonly userName: string | null;
  readonly isClaimed: boolean;
  readonly remoteAddress: string | null;
  readonly connectionId: string | null;
  readonly entityId: string | null;
  readonly eventName: string | null;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
}

/** What there is to say about a token. */
export interface TokenVerdict {
  readonly accepted: boolean;
  readonly reason: string | null;
  readonly detail: string;
  readonly steps: readonly {
    readonly name: string;
    readonly result: 'passed' | 'failed' | 'unchecked';
  }[];
  readonly content: {
    readonly header: Readonly<Record<string, unknown>>;
    readonly payload: Readonly<Record<string, unknown>>;
  } | null;
}

/** What a Subscribe of a user would be answered, and why. */
export interface SubscriptionVerdict {
  readonly granted: boolean;
  readonly message: string | null;
  readonly isAskedLater: boolean;
  readonly events: readonly {
    readonly eventName: string;
    readonly refusal: { readonly reason: string; readonly detail: string } | null;
    readonly rows: readonly {
      readonly roles: readonly string[];
      readonly relation: string;
      readonly reason: string;
    }[];
  }[];
}

/** What administrators are told of their organization, and of no other. */
export interface Administration {
  readonly connections: AdminConnections;
  sources(organizationId: string): readonly AdminSource[];
  /** The latest first. */
  refusals(organizationId: string): readonly AdminRefusal[];
  checkToken(organizationId: string, token: string): Promise<TokenVerdict>;
  /** Undefined when the organization has no such user. */
  checkSubscription(
    organizationId: string,
    asked: { readonly id: string } | { readonly userName: string },
    item: { readonly entityId: string; readonly eventName: string },
  ):
    | {
        readonly user: { readonly id: string; readonly userName: string };
        readonly verdict: SubscriptionVerdict;
      }
    | undefined;
  /** Told of who asked and is no administrator. */
  notAdministrator(
    caller: { readonly id: string; readonly organizationId: string },
    address: string,
  ): void;
}
