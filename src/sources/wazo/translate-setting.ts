import type { z } from 'zod';
import type { DomainEvent, UserSettingSaid } from '../../contact-center/index.js';
import type { userForwardEvent, userServiceEvent } from './bus-event.js';
import {
  applied,
  type TranslationContext,
  type Translator,
  UNKNOWN_ENTITY,
} from './translation.js';

type UserService = z.infer<typeof userServiceEvent>;
type UserForward = z.infer<typeof userForwardEvent>;

/** Do-not-disturb is both a setting and a state of the user. */
export const doNotDisturbSet: Translator<UserService> = (data, context) => {
  const said = settingChanged('services.dnd', data, context);
  if (said === undefined) return UNKNOWN_ENTITY;
  const { at, userId, enabled } = said;
  const kind = 'do-not-disturb-changed';
  return applied({ kind, at, userId, enabled, source: 'wazo-confd' }, said);
};

/** A user's service or forward is on or off, and leads elsewhere perhaps. */
export function settingSet(
  setting: UserSettingSaid['setting'],
): Translator<UserService | UserForward> {
  return (data, context) => {
    const said = settingChanged(setting, data, context);
    return said === undefined ? UNKNOWN_ENTITY : applied(said);
  };
}

function settingChanged(
  setting: UserSettingSaid['setting'],
  data: UserService | UserForward,
  { index, receivedAt: at }: TranslationContext,
): Extract<DomainEvent, { kind: 'setting-changed' }> | undefined {
  const user = index.user(data.user_uuid);
  if (user === undefined) return undefined;
  const destination = 'destination' in data ? (data.destination ?? '') : '';
  const { enabled } = data;
  return { kind: 'setting-changed', at, userId: user.id, setting, enabled, destination };
}
