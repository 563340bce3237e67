import { z } from 'zod';
import {
  flag,
  id,
  listOf,
  optionalId,
  optionalText,
  sipAddress,
  text,
  time,
  word,
} from './fields.js';
import { agentStateOf, callStatusOf, presenceOf, UNRECOGNIZED, type CallStatus } from './words.js';

/** Who a message is about. `number` is the extension's number; one of it and `extensionId` is told. */
const extension = z.object({ extension: sipAddress, extension_id: optionalId });

function readExtension(raw: z.infer<typeof extension>) {
  const { number, domain } = raw.extension;
  return { number, domain, extensionId: raw.extension_id };
}

function namesSomebody(raw: z.infer<typeof extension>): boolean {
  return raw.extension.number !== '' || raw.extension_id !== undefined;
}

const NOBODY = 'it names no extension';

/** Unlike in other fields the empty word says something here: no call. Undefined when missing. */
const callStatus = optionalText.transform((raw): CallStatus | undefined =>
  raw === undefined ? undefined : callStatusOf(raw),
);

const state = extension
  .extend({
    call_status: callStatus,
    online: flag,
    push_online: flag,
    presence: word(presenceOf),
    presence_note: optionalText,
    time,
  })
  .refine(namesSomebody, NOBODY)
  .transform((raw) => ({
    ...readExtension(raw),
    callStatus: raw.call_status,
    /** Registered with the PBX. */
    online: raw.online,
    /** Reachable by push; counts only while not online. */
    pushOnline: raw.push_online,
    presence: raw.presence,
    presenceNote: raw.presence_note,
    at: raw.time,
  }));

/** extension_status: the snapshot after a subscription, and whoever came online or went offline. */
export const extensionStatus = z
  .object({ tenant_id: optionalId, status: listOf(state) })
  .refine(({ status }) => status !== undefined, 'it has no status list')
  .transform((raw) => ({
    kind: 'extension_status' as const,
    tenantId: raw.tenant_id,
    status: raw.status?.read ?? [],
    unreadable: raw.status?.unreadable ?? 0,
  }));

/** extension_call: an extension dials, is called, or has no call any more. */
export const extensionCall = extension
  .extend({ tenant_id: optionalId, call_status: callStatus, time })
  .refine(namesSomebody, NOBODY)
  .refine(({ call_status: status }) => status !== undefined, 'it has no call_status')
  .transform((raw) => ({
    kind: 'extension_call' as const,
    tenantId: raw.tenant_id,
    ...readExtension(raw),
    callStatus: raw.call_status ?? UNRECOGNIZED,
    at: raw.time,
  }));

/** extension_presence: a user's own choice and note. */
export const extensionPresence = extension
  .extend({ tenant_id: optionalId, presence: word(presenceOf), presence_note: text, time })
  .refine(namesSomebody, NOBODY)
  .refine(({ presence }) => presence !== undefined, 'it has no presence')
  .transform((raw) => ({
    kind: 'extension_presence' as const,
    tenantId: raw.tenant_id,
    ...readExtension(raw),
    presence: raw.presence ?? UNRECOGNIZED,
    presenceNote: raw.presence_note,
    at: raw.time,
  }));

const agentStatus = z
  .object({ queue_number: id, status: word(agentStateOf) })
  .refine(({ status }) => status !== undefined, 'it has no status')
  .transform((raw) => ({
    queueNumber: raw.queue_number,
    state: raw.status ?? UNRECOGNIZED,
  }));

/** extension_agent_status: an agent's state in each of its queues. */
export const extensionAgentStatus = extension
  .extend({ tenant_id: optionalId, agent_status: listOf(agentStatus), time })
  .refine(namesSomebody, NOBODY)
  .refine((raw) => raw.agent_status !== undefined, 'it has no agent_status list')
  .transform((raw) => ({
    kind: 'extension_agent_status' as const,
    tenantId: raw.tenant_id,
    ...readExtension(raw),
    agentStatus: raw.agent_status?.read ?? [],
    unreadable: raw.agent_status?.unreadable ?? 0,
    at: raw.time,
  }));
