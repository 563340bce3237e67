/** A JSON object as it goes over the wire. */
export type WireMessage = Readonly<Record<string, unknown>>;

/** The tenant of all samples; its id is beyond 2^53, as PortSIP's are. */
export const TENANT = { id: '612345678901234567', domain: 'acme.example' } as const;

/** 20 March 2026, 08:00 UTC, in Unix seconds as the PBX writes them. */
export const WIRE_TIME = '1773993600';
/** The same, epoch ms. */
export const WIRE_TIME_MS = 1_773_993_600_000;

const queue = { tenant_id: TENANT.id, queue_id: '712345678901234501' };
const extension = {
  tenant_id: TENANT.id,
  extension: `sip:201@${TENANT.domain}`,
  extension_id: '812345678901234201',
  time: WIRE_TIME,
};
const call = {
  tenant_id: TENANT.id,
  session_id: '912345678901234001',
  cdr_id: '912345678901234002',
  direction: 'inbound',
  caller: '33140506070',
  caller_display_name: 'Ines Caller',
  callee: '600',
  callee_display_name: 'Support',
  did: '33170707070',
  outbound_caller_id: '',
  time: WIRE_TIME,
};
const waitingCaller = {
  position: '1',
  session_id: call.session_id,
  caller_number: call.caller,
  caller_name: call.caller_display_name,
  timestamp: WIRE_TIME,
  type: 'normal',
};
const agent = {
  state: 'QUEUE_CALL',
  agent_extension_number: '201',
  session_id: call.session_id,
  caller_number: call.caller,
  caller_name: call.caller_display_name,
  timestamp: WIRE_TIME,
};
const target = {
  answered_time: '1773993612',
  call_type: 'queue_call',
  callee: '201',
  caller: call.caller,
  destination: 'sip:201@192.0.2.21:5064',
  did: call.did,
  end_reason: 'callee_disconnect',
  ended_time: '1773993660',
  id: '912345678901234003',
  outbound_caller_id: '',
  ring_duration: '4',
  ring_time: '1773993608',
  start_time: '1773993607',
  status: 'answered',
  status_code: 0,
  talk_duration: '48',
  trunk_name: 'carrier',
};
const managedExtension = {
  tenant_id: TENANT.id,
  extension_number: '201',
  extension_id: extension.extension_id,
  disp_name: 'Mara Agent',
  email: 'mara@acme.example',
  username: 'mara',
  department: 'Support',
  enabled: true,
};
const managedQueue = { tenant_id: TENANT.id, queue_number: '600' };

/** One message of each name of the catalogue, with values of our own. */
export const SAMPLES: Readonly<Record<string, WireMessage>> = {
  extension_status: {
    event_type: 'extension_status',
    tenant_id: TENANT.id,
    status: [
      {
        extension: extension.extension,
        extension_id: extension.extension_id,
        call_status: '',
        online: true,
        presence: 'ONLINE',
        presence_note: '',
        push_online: false,
        time: WIRE_TIME,
      },
      {
        extension: `sip:202@${TENANT.domain}`,
        extension_id: '812345678901234202',
        call_status: 'ON_CALL',
        online: false,
        presence: 'AWAY',
        presence_note: 'at the dentist',
        push_online: true,
        time: WIRE_TIME,
      },
    ],
  },
  extension_call: { event_type: 'extension_call', ...extension, call_status: 'RINGING' },
  extension_presence: {
    event_type: 'extension_presence',
    ...extension,
    presence: 'LUNCH',
    presence_note: 'back at one',
  },
  extension_agent_status: {
    event_type: 'extension_agent_status',
    ...extension,
    agent_status: [
      { queue_number: '600', status: 'READY' },
      { queue_number: '601', status: 'WRAP_UP' },
    ],
  },
  extension_created: { event_type: 'extension_created', ...managedExtension },
  extension_updated: { event_type: 'extension_updated', ...managedExtension, enabled: false },
  extension_destroyed: { event_type: 'extension_destroyed', ...managedExtension },
  queue_created: { event_type: 'queue_created', ...managedQueue },
  queue_updated: { event_type: 'queue_updated', ...managedQueue },
  queue_destroy: { event_type: 'queue_destroy', ...managedQueue },
  queue_status: {
    event_type: 'queue_status',
    ...queue,
    queue_number: '600',
    queue_name: 'Support',
    waiting_list: [waitingCaller],
    agents: [agent, { ...agent, agent_extension_number: '202', state: 'READY', session_id: '' }],
  },
  queue_caller_status: {
    event_type: 'queue_caller_status',
    ...queue,
    updated_callers: [{ ...waitingCaller, reason: 'enqueue' }],
  },
  queue_agent_status: {
    event_type: 'queue_agent_status',
    ...queue,
    updated_agents: [agent],
    removed_agents: [{ agent_extension_number: '203' }],
  },
  queue_sla_breached: {
    event_type: 'queue_sla_breached',
    ...queue,
    caller: call.caller,
    total_callers_breached: 2,
    sla_time_secs: 30,
    waiting_callers: 3,
    timestamp: WIRE_TIME,
  },
  call_start: { event_type: 'call_start', ...call, call_id: 'a84b4c76e66710@192.0.2.7' },
  call_update_info: { event_type: 'call_update_info', ...call },
  ...Object.fromEntries(
    ['add', 'ringing', 'answer', 'noanswer', 'fail', 'end'].map((step) => [
      `cdr_target_${step}`,
      { event_type: `cdr_target_${step}`, ...call, destiantion: target.destination },
    ]),
  ),
  call_cdr: {
    event_type: 'call_cdr',
    ...call,
    call_id: 'a84b4c76e66710@192.0.2.7',
    call_status: 'answered',
    status_code: '0',
    ended_reason: 'caller_disconnected',
    start_time: WIRE_TIME,
    ring_time: '1773993608',
    answered_time: '1773993612',
    ended_time: '1773993660',
    ring_duration: '4',
    talk_duration: 48,
    tenant_name: 'Acme',
    user_data: '',
    call_targets: [target],
  },
};
