import type { DomainEvent, UserSettingSaid } from '../../contact-center/index.js';
import type { BusEnvelope } from './bus-envelope.js';
import { userForwardEvent, userServiceEvent } from './bus-event.js';
import type { BusEventName } from './event-names.js';
import {
  applied,
  readData,
  type Translation,
  type TranslationContext,
  UNKNOWN_ENTITY,
} from './translation.js';

type SettingEventName = Extract<BusEventName, `users_${string}`>;

const SETTINGS: Readonly<Record<SettingEventName, UserSettingSaid['setting']>> = {
  users_services_dnd_updated: 'services.dnd',
  users_services_incallfilter_updated: 'services.incallfilter',
  users_forwards_busy_updated: 'forwards.busy',
  users_forwards_noanswer_updated: 'forwards.noanswer',
  users_forwards_unconditional_updated: 'forwards.unconditional',
};

/**
 * Translates a change of a user's service or forward in wazo-confd. Do-not-disturb is both a
 * setting and a state of the user.
 * @throws MalformedBusMessage when a field is missing or is not what the service writes
 */
export function translateSetting(
  name: SettingEventName,
  envelope: BusEnvelope,
  { index, receivedAt: at }: TranslationContext,
): Translation {
  const setting = SETTINGS[name];
  const { user_uuid: userUuid, enabled, destination } = readSetting(name, envelope);
  const user = index.user(userUuid);
  if (user === undefined) return UNKNOWN_ENTITY;
  const { id: userId } = user;
  const said: DomainEvent = { kind: 'setting-changed', at, userId, setting, enabled, destination };
  if (setting !== 'services.dnd') return applied(said);
  const kind = 'do-not-disturb-changed';
  return applied({ kind, at, userId, enabled, source: 'wazo-confd' }, said);
}

function readSetting(name: SettingEventName, envelope: BusEnvelope) {
  switch (name) {
    case 'users_services_dnd_updated':
    case 'users_services_incallfilter_updated':
      return { ...readData(envelope, userServiceEvent), destination: '' };
    case 'users_forwards_busy_updated':
    case 'users_forwards_noanswer_updated':
    case 'users_forwards_unconditional_updated': {
      const data = readData(envelope, userForwardEvent);
      return { ...data, destination: data.destination ?? '' };
    }
  }
}
