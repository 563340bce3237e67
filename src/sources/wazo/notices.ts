/** What of Wazo's configuration a directory is made from. */
export type DirectoryPart =
  'tenants' | 'users' | 'queues' | 'agents' | 'lines' | 'schedules' | 'queue-members';

/** Wazo's configuration is another now; the event names what, and the rest has to be asked for. */
export interface DirectoryChange {
  readonly part: DirectoryPart;
  readonly change: 'created' | 'edited' | 'deleted';
  /**
   * What it is about, as Wazo's REST services name it: the uuid of a tenant or user, the number of
   * a queue, agent or schedule in wazo-confd. Lines go by the uuid of their user, members by the
   * number of their queue.
   */
  readonly id: string;
}

/**
 * The bus says that what is known may be out of date, or how far a snapshot reaches:
 * - `marker`: the hub's own UserEvent has come round; what comes after it is newer than a snapshot
 *   asked for later
 * - `asterisk-booted`: wazo-amid is connected to Asterisk again, whatever was missed meanwhile;
 *   `uptimeSeconds` tells a restart of Asterisk from one of wazo-amid
 * - `asterisk-reload`: Asterisk re-reads its configuration, and floods the bus with members
 * - `queue-count`: how many callers a queue has, which shows whether a join or leave was missed
 */
export type ResyncTrigger =
  | {
      readonly kind: 'marker';
      readonly at: number;
      readonly nonce: string;
      /** uuid of the Wazo that says it; empty when it does not tell. */
      readonly originUuid: string;
      /** Its time stamp, milliseconds in an unknown zone; undefined when it has none. */
      readonly stampMs: number | undefined;
    }
  | {
      readonly kind: 'asterisk-booted';
      readonly at: number;
      readonly uptimeSeconds: number | undefined;
    }
  | {
      readonly kind: 'asterisk-reload';
      readonly at: number;
      readonly phase: 'starting' | 'completed';
      /** Asterisk's command or module, as in `module reload app_queue.so`; empty when not told. */
      readonly what: string;
    }
  | {
      readonly kind: 'queue-count';
      readonly at: number;
      /** Asterisk's name of a queue of the directory. */
      readonly queueName: string;
      /** By how much the callers became more. */
      readonly change: 1 | -1;
      /** Callers in the queue after that. */
      readonly count: number;
    };

/** The hub's own mark on the bus: wazo-amid is asked to raise a UserEvent of this name with a `Nonce`. */
export const MARKER_EVENT = 'hub_sync';

/** Who wants to know of notices. They come after the domain events of the same burst. */
export interface NoticeListener {
  readonly onDirectoryChange?: (change: DirectoryChange) => void;
  /** `at` is when the message was received, epoch ms. */
  readonly onResyncTrigger?: (trigger: ResyncTrigger) => void;
  /** Somebody's session at wazo-auth has ended, as all do some time; `id` in lower case. */
  readonly onSessionEnded?: (id: string) => void;
}
