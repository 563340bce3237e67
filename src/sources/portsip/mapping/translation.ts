import type { DomainEvent, SnapshotOccasion } from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import type { EventOutcome } from '../../source.js';
import type { PortsipIds } from '../portsip-ids.js';
import type { PortsipIndex } from '../portsip-index.js';
import type { PortsipMessage } from '../wsi/message-catalogue.js';
import type { MappingTables } from './tables.js';

/** What a message means to us, and what to count it as. */
export interface Translation {
  readonly outcome: EventOutcome;
  readonly events: readonly DomainEvent[];
}

/** What whoever runs the hub decides of the mapping. */
export interface MappingRules {
  /** Of a queue whose wrap-up time nobody tells. */
  readonly wrapUpSeconds: number;
  /** What the PBX's presence BUSINESS_TRIP is in RTE, which has no word for it. */
  readonly businessTrip: 'Away' | 'OffWork';
}

/** What translating needs beside the message: who exists, what was told before, and when it came. */
export interface TranslationContext extends MappingTables {
  readonly index: PortsipIndex;
  readonly rules: MappingRules;
  readonly ids: PortsipIds;
  /**
   * When the message came, epoch ms. Events have this time: the PBX tells whole seconds of its own
   * clock, which are good for how long something lasts, but not for what follows what.
   */
  readonly receivedAt: number;
  /**
   * The PBX answers subscriptions, for this reason: what it tells is the state of everything.
   * Undefined when it tells what has changed.
   */
  readonly occasion: SnapshotOccasion | undefined;
  /** The queue that a message is about. */
  findQueue(about: AboutQueue): Queue | undefined;
}

interface AboutQueue {
  readonly tenantId: string | undefined;
  readonly queueId: string | undefined;
  readonly queueNumber: string | undefined;
}

/** A message of one kind. */
export type MessageOf<Kind extends PortsipMessage['kind']> = Extract<
  PortsipMessage,
  { readonly kind: Kind }
>;

/** It speaks of a user or queue that the directory does not have: nobody may see it. */
export const UNKNOWN_ENTITY: Translation = { outcome: 'unknown-entity', events: [] };

/** It concerns us and says this. */
export function applied(events: readonly DomainEvent[]): Translation {
  return { outcome: 'applied', events };
}
