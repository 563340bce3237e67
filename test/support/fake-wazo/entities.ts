import type { Json } from './state.js';

/** A tenant of wazo-auth. */
export function fakeTenant(uuid: string, name: string): Json {
  return { uuid, name, slug: name.toLowerCase(), domain_names: [] };
}

/** A queue of wazo-confd; `changes` replace its fields. */
export function fakeQueue(id: number, tenantUuid: string, name: string, changes: Json = {}): Json {
  return {
    id,
    tenant_uuid: tenantUuid,
    name,
    label: null,
    timeout: 30,
    enabled: true,
    options: [],
    extensions: [],
    schedules: [],
    members: { agents: [], users: [] },
    ...changes,
  };
}

/** An agent of wazo-confd. */
export function fakeAgent(id: number, tenantUuid: string, changes: Json = {}): Json {
  return {
    id,
    tenant_uuid: tenantUuid,
    number: String(1000 + id),
    queues: [],
    users: [],
    ...changes,
  };
}

/** A user of wazo-confd, without line or agent. */
export function fakeUser(
  uuid: string,
  tenantUuid: string,
  firstname: string,
  changes: Json = {},
): Json {
  return {
    id: 1,
    uuid,
    tenant_uuid: tenantUuid,
    firstname,
    lastname: null,
    username: firstname.toLowerCase(),
    email: null,
    enabled: true,
    agent: null,
    lines: [],
    services: { dnd: { enabled: false }, incallfilter: { enabled: false } },
    forwards: {
      busy: { enabled: false, destination: null },
      noanswer: { enabled: false, destination: null },
      unconditional: { enabled: false, destination: null },
    },
    ...changes,
  };
}

/** A SIP line as a user of wazo-confd lists it. */
export function fakeSipLine(id: number, endpointName: string): Json {
  return {
    id,
    name: endpointName,
    endpoint_sip: {
      uuid: `99999999-0000-4000-8000-${String(id).padStart(12, '0')}`,
      name: endpointName,
    },
    endpoint_sccp: null,
    endpoint_custom: null,
    extensions: [],
  };
}
