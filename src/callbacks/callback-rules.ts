import type { CallerUnserved, CollectingList } from '../contact-center/index.js';

/** A call list as far as its requests need it. */
export type KnownList = Omit<CollectingList, 'channelIn'>;

/** What the directory in force lays down about callback requests. */
export interface CallbackRules {
  /** The lists that take over what became of the caller. */
  listsFor(call: CallerUnserved): readonly CollectingList[];
  /** Ids of the lists that take who asks to be called back in the queue. */
  listsAskedFor(queueId: string): readonly string[];
  /** Ids of the lists whose requests an answer in the queue closes. */
  listsClosedBy(queueId: string): readonly string[];
  findList(callListId: string): KnownList | undefined;
  /** Whether the user may see the list, and so may have its requests assigned. */
  maySee(userId: string, callListId: string): boolean;
}
