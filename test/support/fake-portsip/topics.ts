import type { FakeTenant, Permission } from './model.js';
import { extensionStatusMessage, queueCreatedMessage, queueStatusMessage } from './say.js';
import type { WireMessage } from './wire-messages.js';

/** One of the five kinds of topics; `global_` before it makes the one of all tenants. */
export type TopicKind =
  | 'extension_events'
  | 'extension_management_events'
  | 'cdr_events'
  | 'queue_events'
  | 'queue_management_events';

/** What a topic asks for, and what it says at once. */
interface Topic {
  readonly permissions: readonly Permission[];
  /** The command's list of numbers; undefined when it takes none. */
  readonly selector: 'extensions' | 'queues' | undefined;
  /** @param numbers the numbers chosen; all when undefined */
  readonly snapshot: (
    tenant: FakeTenant,
    numbers: ReadonlySet<string> | undefined,
  ) => readonly WireMessage[];
}

const TOPICS: Readonly<Record<TopicKind, Topic>> = {
  extension_events: {
    permissions: ['Users: View Only'],
    selector: 'extensions',
    snapshot(tenant, numbers) {
      const chosen = [...tenant.extensions.values()].filter((one) => chooses(numbers, one.number));
      return chosen.length === 0 ? [] : [extensionStatusMessage(tenant, chosen)];
    },
  },
  extension_management_events: {
    permissions: ['User: View Only'],
    selector: undefined,
    snapshot: () => [],
  },
  cdr_events: { permissions: ['Analytics: View Only'], selector: undefined, snapshot: () => [] },
  queue_events: {
    permissions: ['Analytics: View Only'],
    selector: 'queues',
    snapshot: (tenant, numbers) =>
      [...tenant.queues.values()]
        .filter((queue) => chooses(numbers, queue.number))
        .map((queue) => queueStatusMessage(tenant, queue)),
  },
  queue_management_events: {
    permissions: ['Analytics: View Only'],
    selector: undefined,
    snapshot: (tenant) =>
      [...tenant.queues.values()].map((queue) => queueCreatedMessage(tenant, queue)),
  },
};

const GLOBAL = 'global_';
const SYSTEM: readonly Permission[] = ['System Tenant: View Only'];

/** A topic of the PBX by its name. */
export interface NamedTopic {
  readonly kind: TopicKind;
  readonly isGlobal: boolean;
  readonly permissions: readonly Permission[];
  readonly selector: 'extensions' | 'queues' | 'tenants' | undefined;
  readonly snapshot: Topic['snapshot'];
}

/** Undefined for a name that no topic has. */
export function topicOf(name: string): NamedTopic | undefined {
  const isGlobal = name.startsWith(GLOBAL);
  const kind = isGlobal ? name.slice(GLOBAL.length) : name;
  if (!isTopicKind(kind)) return undefined;
  const { permissions, selector, snapshot } = TOPICS[kind];
  if (isGlobal) return { kind, isGlobal, permissions: SYSTEM, selector: 'tenants', snapshot };
  return { kind, isGlobal, permissions, selector, snapshot };
}

function isTopicKind(kind: string): kind is TopicKind {
  return Object.hasOwn(TOPICS, kind);
}

function chooses(numbers: ReadonlySet<string> | undefined, number: string): boolean {
  return numbers === undefined || numbers.has(number);
}
