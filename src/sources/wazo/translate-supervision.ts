import type { z } from 'zod';
import { callGuid, isGuid, type SupervisionReport } from '../../contact-center/index.js';
import type { chanSpyEvent } from './ami-event.js';
import { eventTime } from './queue-caller.js';
import { applied, type Translator } from './translation.js';

/** The device of a channel, as in `PJSIP/abcd1234-0000002f`. */
const CHANNEL_NAME = /^(.+)-[0-9a-f]+$/;

/**
 * Somebody begins to listen in on a channel, or ends it. Asterisk does not tell whether they can be
 * heard.
 */
export function supervision(
  step: SupervisionReport['step'],
): Translator<z.infer<typeof chanSpyEvent>> {
  return (data, { index, receivedAt, originUuid }) => {
    const usersOf = (channel: string) =>
      index.member(CHANNEL_NAME.exec(channel)?.[1] ?? '').userIds;
    const { SpyeeLinkedid: linkedId } = data;
    return applied({
      kind: 'call-supervision',
      at: eventTime(data.Timestamp, receivedAt),
      step,
      mode: 'listen',
      supervisorLegId: data.SpyerUniqueid,
      targetLegId: data.SpyeeUniqueid,
      supervisorUserIds: usersOf(data.SpyerChannel),
      targetUserIds: usersOf(data.SpyeeChannel),
      ...(linkedId !== undefined && isGuid(originUuid)
        ? { callId: callGuid(originUuid, linkedId) }
        : {}),
    });
  };
}
