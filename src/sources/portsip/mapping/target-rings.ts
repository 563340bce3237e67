import type { DomainEvent } from '../../../contact-center/index.js';
import { advanceLeg } from './call-parties.js';
import { withLeg } from './call-table.js';
import { withoutMissed } from './missed-target.js';
import { type Endpoint, offerOf } from './target.js';
import type { TranslationContext } from './translation.js';

/** The endpoint rings: it was said so, or it was added a while ago. */
export function rings(
  { call, number, leg }: Endpoint,
  context: TranslationContext,
): readonly DomainEvent[] {
  if (leg.state === 'up') return [];
  const { ringsSoon: _ringsSoon, ...rest } = leg;
  const ringing = { ...rest, state: 'ringing' as const };
  if (leg.queueId === undefined) {
    const next = advanceLeg(withoutMissed(call), number, ringing, context);
    context.calls.put(next.call);
    return next.events;
  }
  context.calls.put(withLeg(call, number, ringing));
  const offer = offerOf(call, number, leg.queueId, context);
  return [{ kind: 'queue-call-offered', at: context.receivedAt, ...offer }];
}
