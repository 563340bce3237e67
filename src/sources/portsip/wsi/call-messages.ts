import { z } from 'zod';
import { count, id, listOf, optionalId, sipAddress, text, time, word } from './fields.js';
import { callResultOf, callTypeOf, directionOf, endReasonOf } from './words.js';

/** What every message about a call tells. Numbers are SIP URIs in some and plain in others. */
const call = z.object({
  tenant_id: optionalId,
  session_id: id,
  cdr_id: optionalId,
  call_id: text,
  direction: word(directionOf),
  caller: sipAddress,
  caller_display_name: text,
  callee: sipAddress,
  callee_display_name: text,
  did: text,
  /** Before 22. */
  did_cid: text,
  outbound_caller_id: text,
  time,
});

function readCall(raw: z.infer<typeof call>) {
  return {
    tenantId: raw.tenant_id,
    sessionId: raw.session_id,
    cdrId: raw.cdr_id,
    /** SIP's Call-ID. */
    sipCallId: raw.call_id,
    direction: raw.direction,
    caller: raw.caller,
    callerName: raw.caller_display_name,
    callee: raw.callee,
    calleeName: raw.callee_display_name,
    /** The number of ours that was called from outside. */
    did: raw.did === '' ? raw.did_cid : raw.did,
    outboundCallerId: raw.outbound_caller_id,
    at: raw.time,
  };
}

/** call_start: a call begins. */
export const callStart = call.transform((raw) => ({
  kind: 'call_start' as const,
  ...readCall(raw),
}));

/** call_update_info: numbers or names of a call changed. */
export const callUpdateInfo = call.transform((raw) => ({
  kind: 'call_update_info' as const,
  ...readCall(raw),
}));

/** What became of one endpoint that a call was offered to. */
export type TargetStep = 'add' | 'ringing' | 'answer' | 'noanswer' | 'fail' | 'end';

/**
 * cdr_target_*: documented for webhooks, and named for WSI by a release note of 22.5. `destination`
 * is the endpoint.
 */
export function cdrTarget(step: TargetStep) {
  return call
    .extend({
      destination: sipAddress,
      /** So spelled in the vendor's reference. */
      destiantion: sipAddress,
      status_code: count,
      end_reason: word(endReasonOf),
    })
    .transform((raw) => ({
      kind: 'cdr_target' as const,
      step,
      ...readCall(raw),
      destination: raw.destination.number === '' ? raw.destiantion : raw.destination,
      statusCode: raw.status_code,
      endReason: raw.end_reason,
    }));
}

/** One endpoint of an ended call. Its `id` in the vendor's samples is not unique, so it is not read. */
const target = z
  .object({
    call_type: word(callTypeOf),
    caller: sipAddress,
    callee: sipAddress,
    destination: sipAddress,
    status: word(callResultOf),
    status_code: count,
    end_reason: word(endReasonOf),
    ended_reason: word(endReasonOf),
    start_time: time,
    ring_time: time,
    answered_time: time,
    ended_time: time,
  })
  .refine(
    (raw) => raw.callee.number !== '' || raw.destination.number !== '',
    'it names neither callee nor destination',
  )
  .transform((raw) => ({
    callType: raw.call_type,
    caller: raw.caller,
    callee: raw.callee,
    destination: raw.destination,
    status: raw.status,
    statusCode: raw.status_code,
    endReason: raw.end_reason ?? raw.ended_reason,
    startAt: raw.start_time,
    ringAt: raw.ring_time,
    answeredAt: raw.answered_time,
    endedAt: raw.ended_time,
  }));

/** call_cdr: a call has ended; the record of it. */
export const callCdr = call
  .extend({
    call_status: word(callResultOf),
    status_code: count,
    ended_reason: word(endReasonOf),
    end_reason: word(endReasonOf),
    start_time: time,
    ring_time: time,
    answered_time: time,
    ended_time: time,
    talk_duration: count,
    ring_duration: count,
    call_targets: listOf(target),
  })
  .transform((raw) => ({
    kind: 'call_cdr' as const,
    ...readCall(raw),
    callStatus: raw.call_status,
    statusCode: raw.status_code,
    endReason: raw.ended_reason ?? raw.end_reason,
    startAt: raw.start_time,
    ringAt: raw.ring_time,
    answeredAt: raw.answered_time,
    endedAt: raw.ended_time,
    talkSeconds: raw.talk_duration,
    ringSeconds: raw.ring_duration,
    /** In the order of the record; a number may come several times. */
    targets: raw.call_targets?.read ?? [],
    unreadable: raw.call_targets?.unreadable ?? 0,
  }));
