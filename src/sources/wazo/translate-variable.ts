import type { z } from 'zod';
import type { OverflowReason } from '../../contact-center/index.js';
import type { varSetEvent } from './ami-event.js';
import { eventTime } from './queue-caller.js';
import { applied, IRRELEVANT, type Translator } from './translation.js';

/**
 * Words in which Asterisk's application Queue, and Wazo's dialplan around it, say why a caller who
 * was not answered goes on.
 */
const QUEUE_EXITS: ReadonlyMap<string, OverflowReason> = new Map([
  ['TIMEOUT', 'no-agent'],
  ['JOINEMPTY', 'no-agent'],
  ['LEAVEEMPTY', 'no-agent'],
  ['JOINUNAVAIL', 'no-agent'],
  ['LEAVEUNAVAIL', 'no-agent'],
  ['FULL', 'full'],
  ['WITHDRAW', 'unknown'],
  ['CLOSED', 'unknown'],
  ['DIVERT', 'unknown'],
]);

/** Of all variables, only the one in which a queue says why it let go of a caller concerns us. */
export const variableSet: Translator<z.infer<typeof varSetEvent>> = (data, { receivedAt }) => {
  const { Uniqueid: legId, Variable, Value: cause, Timestamp } = data;
  const reason = Variable === 'QUEUESTATUS' ? QUEUE_EXITS.get(cause) : undefined;
  if (reason === undefined) return IRRELEVANT;
  const at = eventTime(Timestamp, receivedAt);
  return applied({ kind: 'queue-exit', at, legId, reason, cause });
};
