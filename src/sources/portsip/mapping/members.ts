import type { MemberActivity, MemberRef } from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import type { PortsipIndex } from '../portsip-index.js';
import type { AgentState } from '../wsi/words.js';
import type { TranslationContext } from './translation.js';

/** The agent with that extension, in all its queues; a stranger counts in queues all the same. */
export function memberOf(
  tenantId: string | undefined,
  extensionNumber: string,
  index: PortsipIndex,
): MemberRef {
  const user = index.userOf(tenantId, { number: extensionNumber, extensionId: undefined });
  const memberId = `portsip ${tenantId ?? ''} ${extensionNumber}`;
  return { memberId, userIds: user === undefined ? [] : [user.id] };
}

/** What the agent does; undefined for a word that nobody knows. */
export function activityOf(state: AgentState): MemberActivity | undefined {
  switch (state) {
    case 'READY':
      return 'ready';
    case 'NOT_READY':
      return 'not-ready';
    case 'QUEUE_CALL':
      return 'queue-call';
    case 'OTHER_CALL':
      return 'other-call';
    case 'WRAP_UP':
      return 'wrap-up';
    case 'LOGGED_OUT':
    case 'OFFLINE':
      return 'logged-out';
    case 'unrecognized':
      return undefined;
  }
}

/** How long a wrap-up of the queue may last. Clients test its end for null (portsip/wsi.md C.2). */
export function wrapUpSecondsOf(
  { portsip }: Queue,
  { rules }: Pick<TranslationContext, 'rules'>,
): number {
  return portsip?.wrapUpSeconds ?? rules.wrapUpSeconds;
}
