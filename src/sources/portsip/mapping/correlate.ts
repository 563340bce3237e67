import type { DomainEvent, PhoneState } from '../../../contact-center/index.js';
import { advanceLeg } from './call-parties.js';
import { legIdOf, type PortsipCall, type PortsipLeg, withLeg } from './call-table.js';
import { ANSWERED_CANDIDATE_MS, CANDIDATE_MS } from './limits.js';
import { memberOf, wrapUpSecondsOf } from './members.js';
import { queueCall } from './queue-caller.js';
import type { TranslationContext } from './translation.js';

/** An extension of a user. */
interface Extension {
  readonly number: string;
  readonly userId: string;
  readonly tenantId: string | undefined;
}

/**
 * In which call the extension rings or talks, by the rule of portsip/wsi.md C.5, and what that means
 * for the call. The candidates are the tenant's young calls from or to the extension, and those that
 * a member of one of its queues answered just now. Of none and of several nothing is concluded.
 */
export function correlate(
  extension: Extension,
  phone: Exclude<PhoneState, 'idle'>,
  context: TranslationContext,
): readonly DomainEvent[] | 'ambiguous' {
  const open = context.calls.open(extension.tenantId);
  const candidates = open.filter((call) => isCandidate(call, extension, context));
  // What is told exactly need not be guessed.
  if (candidates.some(({ tellsTargets }) => tellsTargets)) return [];
  const [call, ...others] = candidates;
  if (call === undefined) return [];
  if (others.length > 0) return 'ambiguous';
  const leg = call.legs.get(extension.number);
  if (leg === undefined)
    return phone === 'on-call' ? answeredInQueue(call, extension, context) : [];
  return advance(call, extension, leg, phone, context);
}

function isCandidate(
  call: PortsipCall,
  { number, tenantId }: Extension,
  { agents, index, receivedAt }: TranslationContext,
): boolean {
  const leg = call.legs.get(number);
  if (leg !== undefined) return leg.state !== 'over' && receivedAt - call.firstAt <= CANDIDATE_MS;
  const { answered, agent } = call;
  if (answered === undefined || agent !== undefined) return false;
  if (receivedAt - answered.at > ANSWERED_CANDIDATE_MS) return false;
  return agents.get(answered.queueId, memberOf(tenantId, number, index).memberId) !== undefined;
}

/** Who dials is in a call at once; that it was answered is told of the other side only. */
function advance(
  call: PortsipCall,
  { number }: Extension,
  leg: PortsipLeg,
  phone: 'ringing' | 'on-call',
  context: TranslationContext,
): readonly DomainEvent[] {
  if (leg.role === 'caller' || leg.state === 'up' || leg.queueId !== undefined) return [];
  const state = phone === 'ringing' ? 'ringing' : 'up';
  const next = advanceLeg(call, number, { ...leg, state }, context);
  context.calls.put(next.call);
  return next.events;
}

function answeredInQueue(
  call: PortsipCall,
  { number, tenantId, userId }: Extension,
  context: TranslationContext,
): readonly DomainEvent[] {
  const { calls, index, receivedAt: at } = context;
  const queue = index.queueById(call.answered?.queueId ?? '');
  if (queue === undefined) return [];
  const member = memberOf(tenantId, number, index);
  const { id: queueId } = queue;
  const leg: PortsipLeg = { role: 'callee', userId, state: 'up', since: at, queueId };
  calls.put({
    ...withLeg(call, number, leg),
    agent: { queueId, member, extensionNumber: number },
  });
  return [
    {
      kind: 'queue-call-connected',
      at,
      ...queueCall(call, queue, context),
      offerId: legIdOf(call.sessionId, number),
      member,
      memberNumber: number,
      wrapUpSeconds: wrapUpSecondsOf(queue, context),
    },
  ];
}
