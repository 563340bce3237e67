import type { DomainEvent, MemberFacts, MemberRef } from '../../contact-center/index.js';
import type { QueueMemberBlock } from './ami-event.js';
import { eventTime } from './queue-caller.js';
import { applied, noSuchQueue, type Translator } from './translation.js';

type MemberKind = 'queue-member-added' | 'queue-member-changed' | 'queue-member-removed';

/** A member comes to a queue, changes or leaves: its whole block counts. */
export function member(kind: MemberKind): Translator<QueueMemberBlock> {
  return told(kind, memberFacts);
}

/** A member is paused or not: nothing else in its block is news. */
export const memberPaused: Translator<QueueMemberBlock> = told('queue-member-changed', pauseFacts);

function told(
  kind: MemberKind,
  factsOf: (block: QueueMemberBlock) => MemberFacts,
): Translator<QueueMemberBlock> {
  return (data, { index, receivedAt }) => {
    const queue = index.queue(data.Queue);
    if (queue === undefined) return noSuchQueue(data.Queue);
    const about = {
      at: eventTime(data.Timestamp, receivedAt),
      queueId: queue.id,
      member: index.member(data.Interface),
    };
    return applied(memberEvent(kind, about, factsOf(data)));
  };
}

function memberEvent(
  kind: MemberKind,
  about: { at: number; queueId: string; member: MemberRef },
  facts: MemberFacts,
): DomainEvent {
  if (kind !== 'queue-member-removed') return { kind, ...about, facts };
  const { loginTime } = facts;
  return loginTime === undefined ? { kind, ...about } : { kind, ...about, loginTime };
}

/** All that a member's block says. */
export function memberFacts(block: QueueMemberBlock): MemberFacts {
  return {
    ...pauseFacts(block),
    ...(block.Status === undefined ? {} : { device: block.Status }),
    ...(block.Ringinuse === undefined ? {} : { ringInUse: block.Ringinuse }),
    ...(block.Wrapuptime === undefined ? {} : { wrapUpSeconds: block.Wrapuptime }),
  };
}

/** A pause says nothing new of the device, and may overtake the event that does. */
function pauseFacts(block: QueueMemberBlock): MemberFacts {
  return {
    ...(block.Paused === undefined ? {} : { paused: block.Paused }),
    ...(block.LastPause === undefined ? {} : { lastPause: block.LastPause }),
    ...(block.LoginTime === undefined ? {} : { loginTime: block.LoginTime }),
  };
}
