import type { CallList, Directory, DirectoryHolder, Queue, User } from '../directory/types.js';
import type { AccessAudit } from './access-audit.js';
import {
  mayReceive,
  maySee,
  refusingRule,
  ruleAgainstSeeing,
  type Caller,
} from './access-policy.js';
import { changeRefusal, type ChangeRefusal } from './change-refusal.js';
import type { CurrentAvailability, CurrentStates } from './current-states.js';
import { eventCatalogue, type RteEventData, type RteEventName } from './events/event-catalogue.js';
import type { EntityType } from './events/event-definition.js';
import type { QueueHistory, QueueHour } from './queue-history.js';
import { queueRoles } from './queue-roles.js';

interface EntityReaderOptions {
  readonly directory: DirectoryHolder;
  readonly states: CurrentStates;
  readonly history: Pick<QueueHistory, 'hour'>;
  readonly audit: Pick<AccessAudit, 'refused'>;
}

const NO_QUEUES: ReadonlySet<string> = new Set();

/**
 * What somebody may read without a subscription: the entities that they may see, and the states
 * whose events they may receive. Asks the same policy as Subscribe. What does not exist and what
 * may not be seen is undefined alike. Ids are lower-case guids, lists are in the order of the ids.
 */
export class EntityReader {
  readonly #options: EntityReaderOptions;

  constructor(options: EntityReaderOptions) {
    this.#options = options;
  }

  users(caller: Caller): readonly User[] {
    return this.#visible(caller, 'User', this.#directory.users);
  }

  user(caller: Caller, id: string): User | undefined {
    return this.#maySee(caller, 'User', id) ? this.#directory.users.get(id) : undefined;
  }

  queues(caller: Caller): readonly Queue[] {
    return this.#visible(caller, 'Queue', this.#directory.queues);
  }

  queue(caller: Caller, id: string): Queue | undefined {
    return this.#maySee(caller, 'Queue', id) ? this.#directory.queues.get(id) : undefined;
  }

  callLists(caller: Caller): readonly CallList[] {
    return this.#visible(caller, 'CallList', this.#directory.callLists);
  }

  callList(caller: Caller, id: string): CallList | undefined {
    return this.#maySee(caller, 'CallList', id) ? this.#directory.callLists.get(id) : undefined;
  }

  /** Ids of the queues that the user belongs to; none for who may not be seen. */
  queuesOf(caller: Caller, userId: string): ReadonlySet<string> {
    if (!this.#maySee(caller, 'User', userId)) return NO_QUEUES;
    return queueRoles(this.#directory).memberOf.get(userId) ?? NO_QUEUES;
  }

  userStatus(caller: Caller, id: string): RteEventData<'UserStatus'> | undefined {
    if (!this.#mayReceive(caller, 'UserStatus', id)) return undefined;
    const user = this.#directory.users.get(id);
    return user && this.#options.states.userStatus(user).data;
  }

  userAvailability(caller: Caller, id: string): CurrentAvailability | undefined {
    if (!this.#mayReceive(caller, 'UserAvailability', id)) return undefined;
    const user = this.#directory.users.get(id);
    return user && this.#options.states.userAvailability(user);
  }

  queueStatus(caller: Caller, id: string): RteEventData<'QueueStatus'> | undefined {
    if (!this.#mayReceive(caller, 'QueueStatus', id)) return undefined;
    const queue = this.#directory.queues.get(id);
    return queue && this.#options.states.queueStatus(queue).data;
  }

  /** The last hour of what `queueStatus` has now. */
  queueHour(caller: Caller, id: string): QueueHour | undefined {
    if (!this.#mayReceive(caller, 'QueueStatus', id)) return undefined;
    const queue = this.#directory.queues.get(id);
    return queue && this.#options.history.hour(queue);
  }

  /** The last hour of each queue of which the caller may receive QueueStatus. */
  queueHours(caller: Caller): readonly QueueHour[] {
    const mayReceiveOf = (id: string): boolean =>
      mayReceive(this.#directory, caller, { type: 'Queue', id }, 'QueueStatus');
    return [...this.#directory.queues.values()]
      .filter(({ id }) => mayReceiveOf(id))
      .sort(byId)
      .map((queue) => this.#options.history.hour(queue));
  }

  /** Whether the caller may read the requests of the list. */
  mayReadCallbacks(caller: Caller, callListId: string): boolean {
    return this.#mayReceive(caller, 'CallbackChanged', callListId);
  }

  /** Why the caller may not work on the requests of the list; undefined when they may. */
  callbackRefusal(caller: Caller, callListId: string): ChangeRefusal | undefined {
    return changeRefusal(this.#options, caller, callListId, 'CallbackChanged');
  }

  get #directory(): Directory {
    return this.#options.directory.current;
  }

  #visible<Entry extends { readonly id: string }>(
    caller: Caller,
    type: EntityType,
    entries: ReadonlyMap<string, Entry>,
  ): readonly Entry[] {
    return [...entries.values()]
      .filter(({ id }) => maySee(this.#directory, caller, { type, id }))
      .sort(byId);
  }

  #maySee(caller: Caller, type: EntityType, id: string): boolean {
    const entity = { type, id };
    const rule = ruleAgainstSeeing(this.#directory, caller, entity);
    if (rule !== undefined) this.#options.audit.refused({ reason: 'read', caller, entity, rule });
    return rule === undefined;
  }

  #mayReceive(caller: Caller, eventName: RteEventName, id: string): boolean {
    const entity = { type: eventCatalogue[eventName].entityType, id };
    const rule = refusingRule(this.#directory, caller, entity, eventName);
    if (rule !== undefined) {
      this.#options.audit.refused({ reason: 'read', caller, entity, eventName, rule });
    }
    return rule === undefined;
  }
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
