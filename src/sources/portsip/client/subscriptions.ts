/** What to subscribe to: all of some tenants, or numbers of the tenant that is logged in to. */
export type Selection =
  | { readonly scope: 'system'; readonly tenants: readonly string[] }
  | {
      readonly scope: 'tenant';
      readonly extensions: readonly string[];
      readonly queues: readonly string[];
    };

/** One topic to subscribe to. */
export interface Subscription {
  readonly topic: string;
  /** The command, ready to be sent. */
  readonly command: string;
  /** Without a required one the picture has holes that nothing else fills. */
  readonly required: boolean;
  /** The right of the PBX that it takes, by the vendor's name. */
  readonly permission: string;
  /** Whether the PBX answers with the present state. */
  readonly hasSnapshot: boolean;
}

type TopicKind =
  | 'extension_events'
  | 'queue_events'
  | 'cdr_events'
  | 'extension_management_events'
  | 'queue_management_events';

interface Topic {
  readonly permission: string;
  readonly required: boolean;
  readonly hasSnapshot: boolean;
}

/**
 * In the order in which they are subscribed to: who and which queues exist before their states.
 * Management topics are not required: systems before 22.3 lack the one of extensions, and an audit
 * by REST sees the same later.
 */
const TOPICS: Readonly<Record<TopicKind, Topic>> = {
  extension_management_events: {
    permission: 'User: View Only',
    required: false,
    hasSnapshot: false,
  },
  queue_management_events: {
    permission: 'Analytics: View Only',
    required: false,
    hasSnapshot: true,
  },
  cdr_events: { permission: 'Analytics: View Only', required: true, hasSnapshot: false },
  extension_events: {
    permission: 'Users: View Only or PhoneSystem: View Only',
    required: true,
    hasSnapshot: true,
  },
  queue_events: { permission: 'Analytics: View Only', required: true, hasSnapshot: true },
};

const SYSTEM_PERMISSION = 'System Tenant: View Only';

/**
 * All topics of a selection. A selection has either tenant topics or `global_` ones, and each has a
 * connection of its own: before 22.3.23 a global subscription could block those of tenants. A topic
 * that takes numbers is left out while there is none: what an empty list means is not documented.
 */
export function subscriptionsFor(selection: Selection): readonly Subscription[] {
  const kinds = Object.keys(TOPICS).filter(isTopicKind);
  return kinds.flatMap((kind) => {
    const selector = selectorOf(kind, selection);
    if (Object.values(selector).some((chosen) => chosen.length === 0)) return [];
    const isSystem = selection.scope === 'system';
    const topic = isSystem ? `global_${kind}` : kind;
    const { permission, ...rest } = TOPICS[kind];
    return {
      ...rest,
      topic,
      permission: isSystem ? SYSTEM_PERMISSION : permission,
      command: JSON.stringify({ command: 'subscribe', topics: [topic], ...selector }),
    };
  });
}

function selectorOf(
  kind: TopicKind,
  selection: Selection,
): Readonly<Record<string, readonly string[]>> {
  if (selection.scope === 'system') return { tenants: selection.tenants };
  switch (kind) {
    case 'extension_events':
      return { extensions: selection.extensions };
    case 'queue_events':
      return { queues: selection.queues };
    case 'cdr_events':
    case 'extension_management_events':
    case 'queue_management_events':
      return {};
  }
}

function isTopicKind(name: string): name is TopicKind {
  return Object.hasOwn(TOPICS, name);
}
