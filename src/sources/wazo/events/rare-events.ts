import { z } from 'zod';
import { type EventRow, noConsequence, type Publisher } from './event-row.js';

const text = z.string();
const int = z.number().int();
const uuid = z.guid();

const CONFERENCE = 'Conferences are in no queue; the legs of users in them are told as calls.';
const VOICEMAIL = 'Voicemail is no state that clients are told of.';
const FAX = 'Faxes are not told to clients.';
const CHAT = 'Messages between users are not told to clients.';
const NO_STATE = 'No state of a user or queue depends on it.';

/** Events that the documents of Wazo's versions name, and nobody in a contact center waits for. */
export const rareEvents = {
  call_form_result: quiet('xivo-ctid', ['call_form_result'], {
    schema: z.object({ user_id: int, variables: z.record(text, z.unknown()) }),
    reason:
      'The form names neither a caller nor a queue, so no callback request can be made of it.',
  }),
  chat_message_event: quiet('xivo-ctid', ['chat.message.*.*'], {
    schema: z.object({ to: z.array(text), from: z.array(text) }),
    reason: CHAT,
  }),
  chat_message_received: quiet('xivo-ctid', [], { schema: z.object({}), reason: CHAT }),
  chat_message_sent: quiet('xivo-ctid', [], { schema: z.object({}), reason: CHAT }),
  auth_user_external_auth_added: externalAuth('created'),
  auth_user_external_auth_authorized: externalAuth('authorized'),
  auth_user_external_auth_deleted: externalAuth('deleted'),
  conference_participant_joined: participant('participants.joined'),
  conference_participant_left: participant('participants.left'),
  conference_participant_muted: participant('participants.mute'),
  // Not a slip of ours: wazo-bus writes it so.
  conference_participant_unmuted: participant('particpants.mute'),
  conference_participant_talk_started: participant('participants.talk'),
  conference_participant_talk_stopped: participant('participants.talk'),
  conference_record_started: conferenceRecord(),
  conference_record_stopped: conferenceRecord(),
  favorite_added: favorite('created'),
  favorite_deleted: favorite('deleted'),
  fax_outbound_created: fax('faxes.outbound.created'),
  fax_outbound_succeeded: fax('faxes.outbound.*.succeeded', 'faxes.outbound.succeeded'),
  fax_outbound_failed: fax('faxes.outbound.*.failed', 'faxes.outbound.failed'),
  fax_outbound_user_created: fax('faxes.outbound.users.*.created'),
  fax_outbound_user_succeeded: fax('faxes.outbound.users.*.succeeded'),
  fax_outbound_user_failed: fax('faxes.outbound.users.*.failed'),
  plugin_install_progress: plugin('install'),
  plugin_uninstall_progress: plugin('uninstall'),
  user_voicemail_message_created: voicemail('created'),
  user_voicemail_message_updated: voicemail('updated'),
  user_voicemail_message_deleted: voicemail('deleted'),
} as const;

function quiet<T>(
  publisher: Publisher,
  routingKeys: readonly string[],
  { schema, reason }: { readonly schema: z.ZodType<T>; readonly reason: string },
): EventRow {
  return noConsequence({ publisher, routingKeys, schema, reason });
}

function externalAuth(verb: string): EventRow {
  const schema = z.object({ user_uuid: uuid, external_auth_name: text });
  return quiet('wazo-auth', [`auth.users.*.external.*.${verb}`], { schema, reason: NO_STATE });
}

function participant(key: string): EventRow {
  const schema = z.object({ id: text, conference_id: int.nullish() });
  return quiet('wazo-calld', [`conferences.*.${key}`], { schema, reason: CONFERENCE });
}

function conferenceRecord(): EventRow {
  return quiet('wazo-calld', ['conferences.*.record'], {
    schema: z.object({ id: int }),
    reason: CONFERENCE,
  });
}

function favorite(verb: string): EventRow {
  return quiet('wazo-dird', [`directory.*.favorite.${verb}`], {
    schema: z.object({ user_uuid: uuid, source: text }),
    reason: NO_STATE,
  });
}

function fax(...keys: readonly string[]): EventRow {
  return quiet('wazo-calld', keys, { schema: z.object({ id: text }), reason: FAX });
}

function plugin(verb: string): EventRow {
  return quiet('wazo-plugind', [`plugin.${verb}.*.*`], {
    schema: z.object({ uuid, status: text }),
    reason: NO_STATE,
  });
}

function voicemail(verb: string): EventRow {
  return quiet('wazo-calld', [`voicemails.messages.${verb}`], {
    schema: z.object({ user_uuid: uuid, message_id: text }),
    reason: VOICEMAIL,
  });
}
