import { type FakeAnswer, type FakeRequest, NOT_FOUND, ok, page, visible } from './answers.js';
import type { FakeService, FakeToken, FakeWazoState, Json } from './state.js';

/** What the services answer with. */
export interface ServiceParts {
  readonly state: FakeWazoState;
  /** Hears of UserEvents that are asked for; the answer waits for it. */
  readonly onUserEvent: (fields: Json) => Promise<void>;
}

/** Any service that wants a token, and was given that of `caller`. */
export async function answerService(
  service: Exclude<FakeService, 'auth'>,
  { state, onUserEvent }: ServiceParts,
  request: FakeRequest,
  caller: FakeToken,
): Promise<FakeAnswer> {
  switch (service) {
    case 'confd':
      return answerConfd(state, request, caller);
    case 'agentd':
      return answerAgentd(state, request, caller);
    case 'calld':
      return answerCalld(state, request, caller);
    case 'chatd':
      return answerChatd(state, request, caller);
    case 'amid':
      return answerAmid(state, request, onUserEvent);
  }
}

/** wazo-confd 1.1. */
function answerConfd(state: FakeWazoState, request: FakeRequest, caller: FakeToken): FakeAnswer {
  const [resource = ''] = request.path;
  switch (resource) {
    case 'infos':
      return ok({ uuid: state.originUuid, wazo_version: '26.01' });
    case 'queues':
    case 'agents':
    case 'users':
    case 'schedules':
      return page(visible(state[resource], request, caller.login.tenantUuid), request.query);
    default:
      return NOT_FOUND;
  }
}

/** wazo-agentd 1.0: a bare list. */
function answerAgentd(state: FakeWazoState, request: FakeRequest, caller: FakeToken): FakeAnswer {
  if (request.path.join('/') !== 'agents') return NOT_FOUND;
  return ok(visible(state.agentStatuses, request, caller.login.tenantUuid));
}

/** wazo-calld 1.0. */
function answerCalld(state: FakeWazoState, request: FakeRequest, caller: FakeToken): FakeAnswer {
  if (request.path.join('/') !== 'calls') return NOT_FOUND;
  return ok({ items: visible(state.calls, request, caller.login.tenantUuid) });
}

/** wazo-chatd 1.0. */
function answerChatd(state: FakeWazoState, request: FakeRequest, caller: FakeToken): FakeAnswer {
  if (request.path.join('/') !== 'users/presences') return NOT_FOUND;
  const items = visible(state.presences, request, caller.login.tenantUuid);
  return ok({ items, filtered: items.length, total: items.length });
}

/** Actions whose answers Wazo does not read; amid says 501. */
const UNREADABLE_ACTIONS = new Set(['Queues', 'Command']);

/** wazo-amid 1.0: `onUserEvent` hears of UserEvents before they are answered. */
async function answerAmid(
  state: FakeWazoState,
  { path: [, name = ''], body }: FakeRequest,
  onUserEvent: (fields: Json) => Promise<void>,
): Promise<FakeAnswer> {
  if (UNREADABLE_ACTIONS.has(name)) return { status: 501 };
  if (name === 'UserEvent') {
    await onUserEvent(body);
    return ok([{ Response: 'Success', Message: 'Event Sent' }]);
  }
  const rows = state.amiRows.get(name);
  if (rows === undefined) {
    return ok([{ Response: 'Error', Message: `Invalid/unknown command: ${name}.` }]);
  }
  const queue = body['Queue'];
  const asked = rows.filter((row) => queue === undefined || row['Queue'] === queue);
  return ok([
    { Response: 'Success', EventList: 'start', Message: 'list will follow' },
    ...asked,
    { Event: `${name}Complete`, EventList: 'Complete', ListItems: String(asked.length) },
  ]);
}
