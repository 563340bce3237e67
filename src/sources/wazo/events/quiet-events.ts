import { z } from 'zod';
import { IRRELEVANT } from '../translation.js';
import { type EventRow, former, noConsequence, type Publisher } from './event-row.js';

const text = z.string();
const int = z.number().int();
const uuid = z.guid();

const HISTORY = 'Call logs are history: what is in them was told before.';
const RECORDING = 'Recording is no state that clients are told of.';
const RING_GROUP = 'Ring groups are no queues of the contact center.';
const SESSION = "Who may connect is decided by the hub's own tokens, and asked for at each login.";
const SWITCHBOARD = 'The calls of switchboards are in no queue of the contact center.';
const RELOCATE = 'The user stays in the call; its legs are told by call_created and call_ended.';
const OPTIONS = 'The hub reads none of these options.';

/** Events of Wazo's services, beside the rare ones, that are understood and left alone. */
export const quietEvents = {
  relocate_initiated: relocate('created', 'initiated'),
  relocate_answered: relocate('edited', 'answered'),
  relocate_completed: relocate('edited', 'completed'),
  relocate_ended: relocate('deleted', 'ended'),
  recording_started: recording('started'),
  recording_stopped: recording('stopped'),
  recording_paused: recording('paused'),
  recording_resumed: recording('resumed'),
  switchboard_queued_calls_updated: switchboard('queued.updated'),
  switchboard_queued_call_answered: switchboard('queued.*.answer.updated'),
  switchboard_held_calls_updated: switchboard('held.updated'),
  switchboard_held_call_answered: switchboard('held.*.answer.updated'),
  call_log_created: callLog('call_log.created'),
  call_log_user_created: callLog('call_log.user.*.created'),
  group_created: group('created'),
  group_edited: group('edited'),
  group_deleted: group('deleted'),
  queue_fallback_edited: quiet('wazo-confd', z.object({ id: int }), OPTIONS, [
    'config.queues.fallbacks.edited',
  ]),
  queue_general_edited: quiet('wazo-confd', z.object({}), OPTIONS, ['config.queue_general.edited']),
  auth_session_created: session('auth.sessions.*.created'),
  auth_session_expire_soon: session('auth.users.*.sessions.*.expire_soon'),
  auth_refresh_token_created: refreshToken('created'),
  auth_refresh_token_deleted: refreshToken('deleted'),
  service_registered: service('registered', 'service.registered.*'),
  service_deregistered: service('deregistered', 'service.deregistered.*'),
} as const;

function quiet<T>(
  publisher: Publisher,
  schema: z.ZodType<T>,
  reason: string,
  routingKeys: readonly string[],
): EventRow {
  return noConsequence({ publisher, schema, reason, routingKeys });
}

/** The documented key has the event's own word, that on the wire another. */
function relocate(verb: string, documentedVerb: string): EventRow {
  const keys = [`calls.relocate.${verb}`, `calls.relocate.${documentedVerb}`];
  return quiet('wazo-calld', z.object({ uuid, relocated_call: text }), RELOCATE, keys);
}

function recording(verb: string): EventRow {
  const keys = [`calls.recording_${verb}.created`];
  return quiet('wazo-calld', z.object({ call_id: text }), RECORDING, keys);
}

function switchboard(key: string): EventRow {
  const keys = [`switchboards.*.calls.${key}`];
  return quiet('wazo-calld', z.object({ switchboard_uuid: uuid }), SWITCHBOARD, keys);
}

function callLog(key: string): EventRow {
  return quiet('wazo-call-logd', z.object({ id: int, conversation_id: text.nullish() }), HISTORY, [
    key,
  ]);
}

function group(verb: string): EventRow {
  return quiet('wazo-confd', z.object({ id: int, uuid: uuid.nullish() }), RING_GROUP, [
    `config.groups.${verb}`,
  ]);
}

function session(key: string): EventRow {
  return quiet('wazo-auth', z.object({ uuid, user_uuid: uuid.nullish() }), SESSION, [key]);
}

function refreshToken(verb: string): EventRow {
  const schema = z.object({ user_uuid: uuid, client_id: text });
  return quiet('wazo-auth', schema, SESSION, [`auth.users.*.tokens.*.${verb}`]);
}

/** The name lost its ending in August 2022. */
function service(verb: 'registered' | 'deregistered', documentedKey: string): EventRow {
  const schema = z.object({ service_name: text, service_id: text });
  const publisher = 'consul';
  const name = `service_${verb}_event`;
  return noConsequence({
    publisher,
    schema,
    routingKeys: ['service.registered.*'],
    reason: "Which of Wazo's services run shows in what they answer.",
    formerly: [
      former({
        name,
        publisher,
        schema,
        routingKeys: [documentedKey],
        translate: () => IRRELEVANT,
      }),
    ],
  });
}
