import type { DomainEvent } from '../../../contact-center/index.js';
import type { Queue } from '../../../directory/types.js';
import { callOf, queueCall } from './queue-caller.js';
import {
  applied,
  type MessageOf,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type CallersMessage = MessageOf<'queue_caller_status'>;
type UpdatedCaller = CallersMessage['updatedCallers'][number];

/** queue_caller_status: who came to wait, and who left the queue and why. */
export function translateCallers(
  message: CallersMessage,
  context: TranslationContext,
): Translation {
  const queue = context.findQueue(message);
  if (queue === undefined) return UNKNOWN_ENTITY;
  const { tenantId, updatedCallers } = message;
  return applied(
    updatedCallers.flatMap((caller) =>
      caller.callerType === 'callback'
        ? callbackEvents(caller, queue, tenantId, context)
        : callerEvents(caller, queue, tenantId, context),
    ),
  );
}

function callerEvents(
  caller: UpdatedCaller,
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): DomainEvent[] {
  const { calls, receivedAt: at } = context;
  const { queueId, ...call } = callOf(caller, tenantId, context);
  const about = queueCall(call, queue, context);
  switch (caller.reason) {
    case 'enqueue':
      if (queueId === queue.id || call.endedAt !== undefined) return [];
      calls.put({ ...call, queueId: queue.id });
      return [{ kind: 'queue-call-joined', at, ...about }];
    case 'agent_answered':
      calls.put({ ...call, answered: { queueId: queue.id, at } });
      return [{ kind: 'queue-call-answered', at, ...about }];
    case 'overflow': {
      // The next queue may tell first that it has the caller.
      calls.put(queueId === undefined || queueId === queue.id ? call : { ...call, queueId });
      const { legId } = about;
      const cause = 'overflow';
      return [{ kind: 'queue-exit', at, legId, queueId: queue.id, reason: 'no-agent', cause }];
    }
    case 'hangup':
      calls.put({ ...call, endedAt: at });
      return [
        { kind: 'queue-call-abandoned', at, ...about },
        { kind: 'channel-ended', at, legId: about.legId, cause: 'hangup' },
      ];
    case 'callback':
      return askForCallback(caller, queue, tenantId, context);
    case 'unrecognized':
      return [];
  }
}

/** An entry that is a wish to be called back: nobody waits there any more. */
function callbackEvents(
  caller: UpdatedCaller,
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): DomainEvent[] {
  const { wishes } = context;
  const { sessionId, callerNumber } = caller;
  switch (caller.reason) {
    case 'callback':
      return askForCallback(caller, queue, tenantId, context);
    case 'enqueue':
      wishes.add(sessionId, { tenantId, queueId: queue.id, callerNumber });
      return [];
    case 'agent_answered':
    case 'overflow':
    case 'hangup':
    case 'unrecognized':
      // What comes of it is in the record of the call that is made.
      return [];
  }
}

function askForCallback(
  caller: UpdatedCaller,
  queue: Queue,
  tenantId: string | undefined,
  context: TranslationContext,
): DomainEvent[] {
  const { calls, wishes, receivedAt: at } = context;
  const { queueId: _queueId, ...call } = callOf(caller, tenantId, context);
  calls.put(call);
  const { callerNumber } = caller.callerNumber === '' ? call : caller;
  wishes.add(caller.sessionId, { tenantId, queueId: queue.id, callerNumber });
  return [
    { kind: 'queue-callback-requested', at, ...queueCall(call, queue, context), callerNumber },
  ];
}
