import type { ReconnectReason, RefusalReason } from './failures.js';

/** How the client is connected. Times are epoch milliseconds of this machine. */
export type ClientStatus =
  /** Not started, or stopped. */
  | { readonly state: 'stopped' }
  /** The first attempt is under way. */
  | { readonly state: 'connecting' }
  /** Connected and subscribed. */
  | { readonly state: 'connected'; readonly since: number }
  /** Tries again, for ever; what is shown meanwhile may be old. */
  | {
      readonly state: 'reconnecting';
      /** When the connection was lost, or the first attempt failed. */
      readonly since: number;
      /** 1 for the first attempt since then. */
      readonly attempt: number;
      readonly reason: ReconnectReason;
      /** In English, for logs. */
      readonly detail: string;
      /** When that attempt begins; past while it is under way. */
      readonly nextAttemptAt: number;
    }
  /** The credentials are refused; nothing more is tried before the next start(). */
  | {
      readonly state: 'refused';
      readonly reason: RefusalReason;
      /** What the hub says, in English. */
      readonly detail: string;
    };
