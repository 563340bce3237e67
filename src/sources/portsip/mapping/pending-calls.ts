import type { DomainEvent } from '../../../contact-center/index.js';
import { callEnds } from './call-end.js';
import type { PortsipCall } from './call-table.js';
import { ABSENCES, MAX_CALL_MS, RINGING_AFTER_MS } from './limits.js';
import { rings } from './target-rings.js';
import type { TranslationContext } from './translation.js';

/** The technical cause of the end of a call that nobody told. */
const STALE = { endReason: 'stale', statusCode: undefined } as const;

/** What only the passing of time tells: who rings by now, and which calls must be over. */
export function passTime(context: TranslationContext): readonly DomainEvent[] {
  const { calls, receivedAt: now } = context;
  calls.sweep(now);
  return calls.allOpen().flatMap((call) => {
    if (now - call.firstAt >= MAX_CALL_MS) return callEnds(call, STALE, context);
    return [...call.legs].flatMap(([number, leg]) => {
      const isDue = leg.ringsSoon === true && now - leg.since >= RINGING_AFTER_MS;
      // An earlier one in this list may have changed the call.
      return isDue ? rings({ call: calls.get(call.sessionId) ?? call, number, leg }, context) : [];
    });
  });
}

/**
 * Ends the tenant's calls that the PBX's own list has not had twice in a row.
 * @param askedAt when the list was asked for, epoch ms: calls that began since may be missing in it
 */
export function reconcileSessions(
  tenantId: string,
  sessionIds: ReadonlySet<string>,
  askedAt: number,
  context: TranslationContext,
): readonly DomainEvent[] {
  const { calls } = context;
  return calls.open(tenantId).flatMap((call) => {
    if (call.firstAt >= askedAt) return [];
    if (sessionIds.has(call.sessionId)) return present(call, context);
    const absences = call.absences + 1;
    if (absences >= ABSENCES) return callEnds(call, STALE, context);
    calls.put({ ...call, absences });
    return [];
  });
}

function present(call: PortsipCall, { calls }: TranslationContext): readonly DomainEvent[] {
  if (call.absences > 0) calls.put({ ...call, absences: 0 });
  return [];
}
